import { createHash } from "node:crypto";
import { createReadStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { KafkaEngine } from "../../embedded/engines/kafka/kafka-engine";
import { Decoder } from "../../pipelines/streaming/avro/decoder";
import { SchemaRegistry } from "../../pipelines/streaming/avro/schema-registry";
import { avroType, localText, renderedSchema, type ZoneHour as FinalResult } from "../../pipelines/streaming/avro/schemas";
import type { Cluster } from "../../pipelines/streaming/client/cluster";
import { batchAnswer } from "../../pipelines/streaming/comparison/batch-answer";
import type { ZoneHour } from "../../pipelines/streaming/comparison/zone-hour";
import { readToEnd } from "../../pipelines/streaming/consumer/read-to-end";
import { replay } from "../../pipelines/streaming/producer/replay";
import { monthFiles, type RidesSource } from "../../pipelines/streaming/producer/rides";
import { type LocalSettings, paths, root } from "../local-dev";
import { applicationPrint, filesBelow } from "./compile-streams";
import { type Answered, answered } from "./kept-answer";
import { localKafka } from "./local-kafka";
import { resetLocalStreams, startStreams } from "./local-streams";
import { RESULTS, untilThrough } from "./until-through";

/** A month as it went through Kafka, beside the batch's answer. */
export interface StreamedMonth extends Answered {
  readonly month: string;

  /** Rides of these services. */
  readonly services: readonly string[];
}

/** What the answer depends on beside rides, zones and the application. */
const CODE = ["avro", "client", "consumer", "producer", "broker/jars.lock"]
  .map((part) => join(root, "pipelines/streaming", part))
  .concat(join(root, "contracts/generated/topics.json"));

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
  // Beside the brokers' data: it goes when they go.
  const receipt = join(paths.folder, "kafka", "streamed", `${month}.json`);
  const found = await answered({
    receipt,
    print,
    stream: () => streamed(rides, say, signal),
    batch: () => batchAnswer(warehouse.readCopy, datasets.marts, month, services),
  });
  return { month, services, ...found };
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
  const decoder = new Decoder(new SchemaRegistry({ url: cluster.registryUrl, signal }), avroType(renderedSchema("zone_hour")));
  const hours: ZoneHour[] = [];
  // Every record, not the last one of each key: that there is but one is part of the answer.
  for await (const { value } of readToEnd(cluster, RESULTS, signal)) {
    if (value === null) continue;
    const { pickup_zone_id, window_start, pickups, revenue } = (await decoder.decode(value)) as FinalResult;
    hours.push({
      zoneId: pickup_zone_id,
      hour: localText(window_start).slice(0, "2019-03-01T17:00".length),
      pickups,
      revenueCents: revenue,
    });
  }
  return hours;
}

async function printOf(files: readonly string[]): Promise<string> {
  const print = createHash("sha256").update(applicationPrint());
  for (const file of [...CODE.flatMap(filesBelow), ...files]) {
    for await (const chunk of createReadStream(file)) print.update(chunk as Buffer);
  }
  return print.digest("hex");
}
