import { createHash } from "node:crypto";
import { createReadStream, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { KafkaEngine } from "../../embedded/engines/kafka/kafka-engine";
import { localText } from "../../pipelines/streaming/avro/schemas";
import type { Cluster } from "../../pipelines/streaming/client/cluster";
import { batchAnswer } from "../../pipelines/streaming/comparison/batch-answer";
import { type Comparison, compare, type ZoneHour } from "../../pipelines/streaming/comparison/zone-hour";
import { readZoneHours } from "../../pipelines/streaming/consumer/read-to-end";
import { replay } from "../../pipelines/streaming/producer/replay";
import { monthFiles, type RidesSource } from "../../pipelines/streaming/producer/rides";
import { type LocalSettings, paths } from "../local-dev";
import { applicationPrint } from "./compile-streams";
import { localKafka } from "./local-kafka";
import { resetLocalStreams, startStreams } from "./local-streams";
import { untilThrough } from "./until-through";

/** A month as it went through Kafka, beside the batch's answer. */
export interface StreamedMonth extends Comparison {
  readonly month: string;

  /** Rides of these services. */
  readonly services: readonly string[];

  /** Whether the stream's answer is the one of an earlier run: nothing that it depends on has changed. */
  readonly unchanged: boolean;
}

const receiptSchema = z.object({
  /** Of all that the answer depends on. */
  print: z.string(),
  answer: z.readonly(z.array(z.object({ zoneId: z.number(), hour: z.string(), pickups: z.number(), revenueCents: z.number() }))),
});

/**
 * Sends a month's rides through Kafka and the stream application, from nothing, and compares the final results with the batch's. What was in the
 * topics before goes: a month that lies before others would be late as a whole. The month is streamed again only when its rides, the zones or
 * the application have changed.
 *
 * @param say is told what goes on.
 * @throws EmbeddedError, StreamingError where Kafka, the registry or the application don't work
 */
export async function streamMonth(
  month: string,
  { lake, warehouse, datasets }: LocalSettings,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<StreamedMonth> {
  const scratch = join(paths.folder, "scratch");
  mkdirSync(scratch, { recursive: true });
  const rides: RidesSource = { clean: fileURLToPath(lake.clean), month, scratch };
  const files = monthFiles(rides);
  const services = [...files.keys()];
  const print = await printOf([...files.values(), join(rides.clean, "zones/zones.parquet")]);
  const receipt = join(paths.folder, "streaming", `${month}.json`);
  const kept = answerIn(receipt, print);
  const answer = kept ?? (await streamed(rides, say, signal));
  if (kept === undefined) keep(receipt, { print, answer });
  const batch = await batchAnswer(warehouse.readCopy, datasets.marts, month, services);
  return { month, services, unchanged: kept !== undefined, ...compare(answer, batch) };
}

async function streamed(rides: RidesSource, say: (line: string) => void, signal: AbortSignal): Promise<readonly ZoneHour[]> {
  const engine = localKafka();
  const cluster = await engine.start(signal);
  say(`Kafka at ${cluster.bootstrapServers}, schema registry at ${cluster.registryUrl}`);
  await resetLocalStreams(engine, { input: true }, signal);
  await startStreams(engine, signal);
  const { acknowledged, seconds } = await replay({ rides, cluster, signal });
  signal.throwIfAborted();
  say(`${acknowledged.toLocaleString("en-US")} rides sent in ${seconds.toFixed(1)} s`);
  await untilThrough(cluster, () => stillRuns(engine), signal);
  return finals(cluster, signal);
}

/** What went wrong with the application, once it has ended. */
function stillRuns(engine: KafkaEngine): string | undefined {
  return engine.application.running() === undefined ? engine.application.log : undefined;
}

/** What the application has said of windows that are closed. */
export async function finals(cluster: Cluster, signal: AbortSignal): Promise<readonly ZoneHour[]> {
  const hours = await readZoneHours(cluster, "trips.pickups-per-zone.final", signal);
  return [...hours.values()].map(({ pickup_zone_id, window_start, pickups, revenue }) => ({
    zoneId: pickup_zone_id,
    hour: localText(window_start).slice(0, "2019-03-01T17:00".length),
    pickups,
    revenueCents: revenue,
  }));
}

/** The answer as it was kept; undefined where something has changed since, or it can't be read. */
function answerIn(receipt: string, print: string): readonly ZoneHour[] | undefined {
  if (!existsSync(receipt)) return undefined;
  try {
    const kept = receiptSchema.parse(JSON.parse(readFileSync(receipt, "utf8")));
    return kept.print === print ? kept.answer : undefined;
  } catch {
    return undefined;
  }
}

function keep(receipt: string, content: z.infer<typeof receiptSchema>): void {
  mkdirSync(dirname(receipt), { recursive: true });
  writeFileSync(`${receipt}.new`, JSON.stringify(content));
  renameSync(`${receipt}.new`, receipt);
}

async function printOf(files: readonly string[]): Promise<string> {
  const print = createHash("sha256").update(applicationPrint());
  for (const file of files) await pipeline(createReadStream(file), print, { end: false });
  return print.digest("hex");
}
