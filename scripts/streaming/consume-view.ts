import type { Period } from "../../pipelines/streaming/consumer/latencies";
import type { PartitionLag } from "../../pipelines/streaming/consumer/lag";
import { table } from "../terminal/table";

/** What is known of a group's member, now. */
export interface ConsumeState {
  readonly period: Period;
  readonly lag: readonly PartitionLag[];

  /** Partitions that are this member's, as `topic:partition`. */
  readonly mine: readonly string[];
  readonly undecodable: number;
}

/** One line: throughput, latency, lag. */
export function rateText({ period, lag, undecodable }: ConsumeState): string {
  const { rate, p50, p99 } = period;
  const latency = p50 === undefined || p99 === undefined ? "no latency" : `latency p50 ${milliseconds(p50)}, p99 ${milliseconds(p99)}`;
  const behind = lag.reduce((sum, partition) => sum + partition.lag, 0);
  const letters = undecodable === 0 ? "" : `  ${count(undecodable)} undecodable`;
  return `${count(Math.round(rate))} records/s  ${latency}  lag ${count(behind)}${letters}`;
}

/** A line for each partition, below it the same as {@link rateText}. */
export function tableText(state: ConsumeState): string {
  const rows = state.lag.map(({ topic, partition, committed, end, lag }) => [
    String(partition),
    state.mine.includes(`${topic}:${String(partition)}`) ? "this one" : "another, or none",
    committed === undefined ? "–" : Number(committed),
    Number(end),
    lag,
  ]);
  return `${table(["partition", "member", "committed", "end", "lag"], rows)}\n\n${rateText(state)}`;
}

/** `12 ms`, `3.4 s`, `2 h`: what was sent an hour ago has latencies of an hour. */
function milliseconds(number: number): string {
  if (number < 1000) return `${String(Math.round(number))} ms`;
  if (number < 60_000) return `${(number / 1000).toFixed(1)} s`;
  return number < 3_600_000 ? `${String(Math.round(number / 60_000))} min` : `${String(Math.round(number / 3_600_000))} h`;
}

const count = (number: number): string => number.toLocaleString("en-US");
