import { avroType, nowMicros, renderedSchema } from "../avro/schemas";
import { SchemaRegistry } from "../avro/schema-registry";
import { toWire } from "../avro/wire-format";
import { partitionsOf } from "../client/cluster";
import { RecordSender } from "./record-sender";
import type { ReplayOptions, ReplaySummary } from "./replay-options";
import { Replaying } from "./replaying";
import { monthFiles } from "./rides";
import { sendZones, ZONES } from "./send-zones";

export type { ReplayOptions, ReplayProgress, ReplaySummary } from "./replay-options";

const RIDES = "trips.rides";

/**
 * Sends a month's rides in order of pickup, after the zones, and behind them a mark on each partition.
 *
 * Repeatable: an event's id is its trip's, so who reads can tell what was sent before. One that was ended before its time sends no marks.
 *
 * @throws SourceError, ClusterError, RegistryError, or what kept a batch from being acknowledged
 */
export async function replay(options: ReplayOptions): Promise<ReplaySummary> {
  const { rides, cluster, signal, onTrouble } = options;
  monthFiles(rides);
  const partitions = await partitionsOf(cluster, [RIDES, ZONES]);
  const registry = new SchemaRegistry({ url: cluster.registryUrl, signal, onWait: onTrouble });
  const count = (topic: string): number => partitions.get(topic) ?? 1;
  await sendZones(options, registry, count(ZONES));
  const schema = renderedSchema("ride_event");
  const [type, id] = [avroType(schema), await registry.register(RIDES, schema)];
  onTrouble?.(undefined);
  const sender = new RecordSender({ ...options, topic: RIDES, partitions: count(RIDES) });
  const replaying = new Replaying(options, sender, (event) => toWire(type, id, { ...event, produced_at: nowMicros() }));
  try {
    return await replaying.run(count(RIDES));
  } finally {
    await sender.close();
  }
}
