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
