import { kafkaUsers } from "../kafka-users";
import { REPLICATION, SEGMENT_MEBIBYTES, type Topic, topics } from "../topics";

/** A topic as a cluster has it. */
export interface KafkaTopic {
  readonly name: string;
  readonly partitions: number;
  readonly replication: number;

  /** By Kafka's names. */
  readonly configuration: Readonly<Record<string, string>>;
}

const BYTES_PER_MEBIBYTE = 2 ** 20;
const MILLISECONDS_PER_HOUR = 3_600_000;

/**
 * Copies of each partition in a cluster of as many brokers, and how many of them must have a record before it counts as written: a cluster
 * can't keep more copies than it has brokers, and with all of them demanded it couldn't be written to while one is restarted.
 */
export function copies(brokers: number, wanted = REPLICATION): { readonly replication: number; readonly inSync: number } {
  const replication = Math.min(wanted, brokers);
  return { replication, inSync: Math.max(1, replication - 1) };
}

/** What `trips-streaming apply` makes so: topics for a cluster of as many brokers, and users with their rights. */
export function kafkaJson(brokers: number, wanted = REPLICATION) {
  const made = copies(brokers, wanted);
  return { topics: topics.map((topic) => kafkaTopic(topic, made)), users: kafkaUsers.map(({ name, rights }) => ({ name, rights })) };
}

function kafkaTopic(topic: Topic, { replication, inSync }: ReturnType<typeof copies>): KafkaTopic {
  const { name, partitions, cleanup, retentionHours, mebibytes } = topic;
  return {
    name,
    partitions,
    replication,
    configuration: {
      "cleanup.policy": cleanup,
      "min.insync.replicas": String(inSync),
      "segment.bytes": String(SEGMENT_MEBIBYTES * BYTES_PER_MEBIBYTE),
      ...(cleanup === "delete"
        ? {
            "retention.ms": String((retentionHours ?? 0) * MILLISECONDS_PER_HOUR),
            "retention.bytes": String(mebibytes * BYTES_PER_MEBIBYTE),
          }
        : {}),
    },
  };
}
