import { setTimeout as pause } from "node:timers/promises";
import { type Cluster, ClusterError } from "../client/cluster";
import { TopicReader } from "./topic-reader";

const POLL_MILLISECONDS = 250;
const PATIENCE_MILLISECONDS = 120_000;

/**
 * Waits until who reads committed records sees all that the topics hold now: a transaction's end is written to each partition by itself, to that
 * of a group's offsets perhaps before the others'.
 *
 * @throws ClusterError where a transaction stays open
 */
export async function settled(cluster: Cluster, topics: readonly string[], signal: AbortSignal): Promise<void> {
  const reader = new TopicReader(cluster, { signal });
  try {
    for (const topic of topics) await settledTopic(reader, topic, signal);
  } finally {
    await reader.close();
  }
}

async function settledTopic(reader: TopicReader, topic: string, signal: AbortSignal): Promise<void> {
  const end = [...(await reader.offsets(topic, true, "uncommitted"))];
  const from = Date.now();
  for (;;) {
    const readable = await reader.offsets(topic, true);
    if (end.every(([partition, offset]) => (readable.get(partition) ?? 0n) >= offset)) return;
    if (Date.now() - from > PATIENCE_MILLISECONDS) throw new ClusterError(`A transaction on ${topic} has been open for two minutes.`);
    await pause(POLL_MILLISECONDS, undefined, { signal });
  }
}
