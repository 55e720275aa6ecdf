import { avroType, nowMicros, renderedSchema } from "../avro/schemas";
import type { SchemaRegistry } from "../avro/schema-registry";
import { toWire } from "../avro/wire-format";
import { RecordSender } from "./record-sender";
import type { ReplayOptions } from "./replay-options";
import { readZones } from "./rides";

/** Zones by their id, for joins. */
export const ZONES = "trips.zones";

/** The zones go first: who joins rides with them has them all by then. Compaction keeps the newest of each. */
export async function sendZones(options: ReplayOptions, registry: SchemaRegistry, partitions: number): Promise<void> {
  const schema = renderedSchema("zone");
  const [type, id] = [avroType(schema), await registry.register(ZONES, schema)];
  const sender = new RecordSender({ ...options, topic: ZONES, partitions });
  try {
    for (const zone of await readZones(options.rides)) {
      const value = toWire(type, id, { ...zone, produced_at: nowMicros() });
      sender.add({ key: Buffer.from(String(zone.zone_id)), value });
    }
    await sender.drained();
  } finally {
    await sender.close();
  }
}
