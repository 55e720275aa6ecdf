/** A topic of Kafka's; see {@link topics}. */
export interface Topic {
  /** Its name: letters, digits, dots and dashes. */
  readonly name: string;

  /** What its records are, and what keys them. */
  readonly description: string;

  /** Can grow, which moves keys to other partitions; never shrinks. */
  readonly partitions: number;

  /** `delete`: records go by age and size. `compact`: the newest record of each key stays. */
  readonly cleanup: "delete" | "compact";

  /** Hours after which records may go, where cleanup is `delete`. */
  readonly retentionHours?: number;

  /** Most MiB that a partition keeps: a bound where cleanup is `delete`, an estimate where it is `compact`. Disks are sized by it. */
  readonly mebibytes: number;
}

/** Copies of every partition, where there are as many brokers: one broker may fail, and another be restarted, without a loss. */
export const REPLICATION = 3;

/** MiB of the files that a partition's log is cut into: only whole ones are deleted. */
export const SEGMENT_MEBIBYTES = 64;

const DAY = 24;

/** All topics, of the cluster in the cloud and of the brokers on this machine alike. */
export const topics: readonly Topic[] = [
  {
    name: "trips.rides",
    description: "Rides as they begin, Avro `ride_event`, keyed by pickup zone.",
    partitions: 6,
    cleanup: "delete",
    retentionHours: 7 * DAY,
    mebibytes: 512,
  },
  {
    name: "trips.zones",
    description: "Taxi zones, Avro `zone`, keyed by their id: the whole table, for joins.",
    partitions: 1,
    cleanup: "compact",
    mebibytes: 16,
  },
  {
    name: "trips.pickups-per-zone",
    description: "Pickups and revenue per zone and window of event time, after every change; Avro `zone_hour`, keyed by zone and window.",
    partitions: 6,
    cleanup: "delete",
    retentionHours: DAY,
    mebibytes: 128,
  },
  {
    name: "trips.pickups-per-zone.final",
    description: "The same, once per zone and window: when no late ride is accepted any more.",
    partitions: 6,
    cleanup: "delete",
    retentionHours: 30 * DAY,
    mebibytes: 256,
  },
  {
    name: "trips.dead-letter",
    description: "Records that couldn't be read, as they came; headers say where from and why.",
    partitions: 1,
    cleanup: "delete",
    retentionHours: 30 * DAY,
    mebibytes: 256,
  },
  { name: "connect-configs", description: "Connect's connectors.", partitions: 1, cleanup: "compact", mebibytes: 16 },
  { name: "connect-offsets", description: "How far Connect's connectors have come.", partitions: 5, cleanup: "compact", mebibytes: 16 },
  { name: "connect-status", description: "Whether Connect's connectors run.", partitions: 5, cleanup: "compact", mebibytes: 16 },
];
