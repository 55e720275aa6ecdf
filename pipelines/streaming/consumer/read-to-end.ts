import { Decoder } from "../avro/decoder";
import { avroType, renderedSchema, type ZoneHour } from "../avro/schemas";
import { SchemaRegistry } from "../avro/schema-registry";
import type { Cluster } from "../client/cluster";
import type { Received } from "./received";
import { TopicReader } from "./topic-reader";

/** How long one answer may be waited for. */
const POLL_MILLISECONDS = 500;

/** All committed records that the topic holds now, partition by partition in order; what comes meanwhile is left. */
export async function* readToEnd(cluster: Cluster, topic: string, signal: AbortSignal): AsyncGenerator<Received> {
  const reader = new TopicReader(cluster, { signal });
  try {
    const end = await reader.offsets(topic, true);
    for (const [key, offset] of await reader.offsets(topic, false)) {
      if (offset < (end.get(key) ?? 0n)) reader.positions.set(key, offset);
    }
    while (reader.positions.size > 0) {
      for (const record of await reader.poll(POLL_MILLISECONDS)) {
        if (record.offset < (end.get(`${topic}:${String(record.partition)}`) ?? 0n)) yield record;
      }
      for (const [key, position] of reader.positions) if (position >= (end.get(key) ?? 0n)) reader.positions.delete(key);
    }
  } finally {
    await reader.close();
  }
}

/** Zones' hours as the stream application has told them last, by key `<zone>|<window's start>`: of finals there is one each. */
export async function readZoneHours(cluster: Cluster, topic: string, signal: AbortSignal): Promise<ReadonlyMap<string, ZoneHour>> {
  const decoder = new Decoder(new SchemaRegistry({ url: cluster.registryUrl, signal }), avroType(renderedSchema("zone_hour")));
  const hours = new Map<string, ZoneHour>();
  for await (const { key, value } of readToEnd(cluster, topic, signal)) {
    if (key !== null && value !== null) hours.set(key.toString(), (await decoder.decode(value)) as ZoneHour);
  }
  return hours;
}
