/** A record as it came. */
export interface Received {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: readonly (readonly [string, Buffer])[];
}

/** Which records a reader sees. */
export type IsolationLevel = "committed" | "uncommitted";

/** One partition of a topic. */
export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** How a partition is called in maps: `trips.rides:3`. */
export const id = (topic: string, partition: number): string => `${topic}:${String(partition)}`;

/** The partition that is called so. */
export function partitionIn(key: string): TopicPartition {
  const at = key.lastIndexOf(":");
  return { topic: key.slice(0, at), partition: Number(key.slice(at + 1)) };
}
