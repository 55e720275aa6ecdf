import { Decoder } from "../avro/decoder";
import type { RideEvent } from "../avro/schemas";
import { SchemaRegistry } from "../avro/schema-registry";
import { UndecodableError } from "../avro/wire-format";
import type { Cluster } from "../client/cluster";
import { TopicReader } from "../consumer/topic-reader";

const POLL_MILLISECONDS = 500;

/**
 * Event time that a topic of rides has come to: the latest of its partitions' last rides or marks.
 *
 * @returns microseconds; undefined where the topic is empty
 * @throws ClusterError, RegistryError
 */
export async function newestEventTime(cluster: Cluster, topic: string, signal: AbortSignal): Promise<number | undefined> {
  const reader = new TopicReader(cluster, { signal });
  const decoder = new Decoder(new SchemaRegistry({ url: cluster.registryUrl, signal }));
  let newest: number | undefined;
  try {
    const firsts = await reader.offsets(topic, false);
    const ends = await reader.offsets(topic, true);
    for (const [key, end] of ends) if (end > (firsts.get(key) ?? 0n)) reader.positions.set(key, end - 1n);
    while (reader.positions.size > 0) {
      for (const { value } of await reader.poll(POLL_MILLISECONDS)) {
        const time = value === null ? undefined : await eventTime(value, decoder);
        if (time !== undefined) newest = Math.max(newest ?? time, time);
      }
      for (const [key, position] of reader.positions) if (position >= (ends.get(key) ?? 0n)) reader.positions.delete(key);
    }
  } finally {
    await reader.close();
  }
  return newest;
}

async function eventTime(value: Buffer, decoder: Decoder): Promise<number | undefined> {
  try {
    return ((await decoder.decode(value)) as RideEvent).pickup_datetime;
  } catch (error) {
    if (error instanceof UndecodableError) return undefined;
    throw error;
  }
}
