import { execFile } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { KafkaEngine } from "../../embedded/engines/kafka/kafka-engine";
import { usualPorts } from "../../embedded/engines/kafka/kafka-options";
import { avroType, nowMicros, renderedSchema } from "../../pipelines/streaming/avro/schemas";
import { endToEnd, latency, producerAlone } from "../../pipelines/streaming/bench/measures";
import { ridesMonth } from "../../pipelines/streaming/bench/rides-month";
import type { Cluster } from "../../pipelines/streaming/client/cluster";
import { readRides, type RidesSource } from "../../pipelines/streaming/producer/rides";
import { paths } from "../local-dev";
import { CommandError } from "../terminal/failure";
import { table } from "../terminal/table";
import { compileStreams } from "./compile-streams";
import { kafkaSoftware } from "./local-kafka";
import { startStreams } from "./local-streams";
import { resetStreams } from "./reset-streams";

/** How much is measured. */
export interface StreamingBenchOptions {
  /** Rides that the producer alone sends. */
  readonly rows: number;

  /** Of the two measurements at a rate. */
  readonly seconds: number;
  readonly json: boolean;
}

/** One line of the table. */
interface Result {
  readonly what: string;
  readonly measured: string;
  readonly asked: string;
  readonly met: boolean;
}

const FIRST_PORT = 29_092;
const WIRE_HEAD_BYTES = 5;
const [ASKED_SHARE, ASKED_RATE, LATENCY_RATE, ASKED_P99] = [0.25, 20_000, 5_000, 1_000];

/** Measures a cluster of its own, in one run: our producer beside Kafka's perf-test, rides from end to end, and their latency. */
export async function benchStreaming({ rows, seconds, json }: StreamingBenchOptions, signal: AbortSignal): Promise<void> {
  const folder = join(paths.root, "bench/streaming");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const engine = new KafkaEngine({ folder, ...kafkaSoftware, brokers: 1, ports: usualPorts(1, FIRST_PORT) });
  const load = loadavg()[0] ?? 0;
  try {
    const results = await measured(engine, folder, { rows, seconds, json }, signal);
    if (json) console.log(JSON.stringify({ load, results }, null, 2));
    else
      console.log(
        `${table(
          ["", "measured", "asked", ""],
          results.map((one) => [one.what, one.measured, one.asked, one.asked === "" ? "" : one.met ? "met" : "missed"]),
        )}\n\nLoad of the machine as it began: ${load.toFixed(1)}`,
      );
  } finally {
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measured(
  engine: KafkaEngine,
  folder: string,
  { rows, seconds }: StreamingBenchOptions,
  signal: AbortSignal,
): Promise<Result[]> {
  const cluster = await engine.start(signal);
  const [many, quick, slow] = [
    await ridesMonth(folder, rows),
    await ridesMonth(folder, ASKED_RATE * seconds),
    await ridesMonth(folder, LATENCY_RATE * Math.ceil(seconds / 2)),
  ];
  const bytes = await bytesOf(many);
  const classes = await compileStreams(kafkaSoftware, join(paths.root, "kafka/streams"));
  // Each is measured on empty topics; the application starts beside it where it is measured, too.
  const anew = async (counts: boolean) => {
    await resetStreams(engine, { classes, input: true }, signal);
    if (counts) await startStreams(engine, signal);
  };
  const theirs = await perfTest(cluster, rows, bytes);
  await anew(false);
  const ours = await producerAlone(cluster, many, signal);
  await anew(true);
  const through = await endToEnd(cluster, quick, ASKED_RATE, signal);
  await anew(true);
  const { p50 = NaN, p99 = NaN } = await latency(cluster, slow, LATENCY_RATE, signal);
  const half = through.lags.slice(Math.floor(through.lags.length / 2));
  const [most, last] = [Math.max(...half), through.lags.at(-1) ?? NaN];
  const isFlat = most < 2 * ASKED_RATE;
  return [
    { what: `Kafka's perf-test, ${String(bytes)} B, acks=all, idempotent`, measured: `${count(theirs)} records/s`, asked: "", met: true },
    {
      what: "our producer, from Parquet to acknowledged Avro",
      measured: `${count(ours)} rides/s, ${(ours / theirs).toFixed(2)} of it`,
      asked: `${String(ASKED_SHARE)} of it`,
      met: ours / theirs >= ASKED_SHARE,
    },
    {
      what: `end to end for ${String(seconds)} s`,
      measured: `${count(through.rate)} rides/s, lag at most ${count(most)} in the second half, ${count(last)} at the end, then ${through.drain.toFixed(1)} s`,
      asked: `${count(ASKED_RATE)} rides/s, flat lag (below two seconds' rides)`,
      met: through.rate >= 0.99 * ASKED_RATE && isFlat,
    },
    {
      what: `latency at ${count(LATENCY_RATE)} rides/s, from sending to the update`,
      measured: `p50 ${count(p50)} ms, p99 ${count(p99)} ms`,
      asked: `p99 below ${count(ASKED_P99)} ms`,
      met: p99 < ASKED_P99,
    },
  ];
}

/** Bytes of a ride's value, on the average of the first ones. */
async function bytesOf(rides: RidesSource): Promise<number> {
  const type = avroType(renderedSchema("ride_event"));
  for await (const chunk of readRides(rides)) {
    const all = chunk.reduce((sum, ride) => sum + type.toBuffer({ ...ride, produced_at: nowMicros() }).length, 0);
    return Math.round(all / chunk.length) + WIRE_HEAD_BYTES;
  }
  throw new CommandError("There are no rides to measure with.");
}

/** Records a second by Kafka's own tool, into the same topic. */
async function perfTest({ bootstrapServers }: Cluster, records: number, bytes: number): Promise<number> {
  const { java, libs } = kafkaSoftware;
  const { stdout } = await promisify(execFile)(java, [
    ...["-Xmx512m", "-Dorg.slf4j.simpleLogger.defaultLogLevel=error", "-cp", join(libs, "*"), "org.apache.kafka.tools.ProducerPerformance"],
    ...["--topic", "trips.rides", "--num-records", String(records), "--record-size", String(bytes), "--throughput", "-1"],
    ...["--producer-props", `bootstrap.servers=${bootstrapServers}`, "acks=all", "enable.idempotence=true"],
  ]);
  const rate = /([\d.]+) records\/sec/.exec(stdout.trim().split("\n").at(-1) ?? "")?.[1];
  if (rate === undefined) throw new CommandError(`Kafka's perf-test didn't say how quick it was:\n${stdout}`);
  return Number(rate);
}

const count = (number: number): string => Math.round(number).toLocaleString("en-US");
