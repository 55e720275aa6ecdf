/** Resources of Kafka's whose names begin so, or are so. */
export interface KafkaRight {
  readonly type: "TOPIC" | "GROUP" | "TRANSACTIONAL_ID";

  /** A whole name, or the beginning of names where it ends with `*`. */
  readonly name: string;

  /** Kafka's names of operations. */
  readonly operations: readonly ("READ" | "WRITE" | "CREATE" | "DESCRIBE" | "ALL")[];
}

/** Who logs in to Kafka, by SCRAM and a password that Secret Manager keeps. */
export interface KafkaUser {
  readonly name: "admin" | "producer" | "consumer" | "streams" | "connect";

  /** Who it is for, in one line. */
  readonly description: string;

  /** What it may do; nothing else. The administrator needs none. */
  readonly rights: readonly KafkaRight[];
}

const right = (type: KafkaRight["type"], name: string, ...operations: KafkaRight["operations"]): KafkaRight => ({ type, name, operations });

/** Who may do everything. */
export const ADMINISTRATOR = "admin";

/** All users, each with just what it needs. */
export const kafkaUsers: readonly KafkaUser[] = [
  { name: ADMINISTRATOR, description: "People who look after the cluster: everything.", rights: [] },
  {
    name: "producer",
    description: "Writes rides and zones.",
    rights: [
      right("TOPIC", "trips.rides", "WRITE", "DESCRIBE"),
      right("TOPIC", "trips.zones", "WRITE", "DESCRIBE"),
      right("TRANSACTIONAL_ID", "trips-producer*", "WRITE", "DESCRIBE"),
    ],
  },
  {
    name: "consumer",
    description: "Reads all of our topics: sinks and live pages; puts aside what it can't read.",
    rights: [
      right("TOPIC", "trips.*", "READ", "DESCRIBE"),
      right("TOPIC", "trips.dead-letter", "WRITE"),
      right("GROUP", "trips-*", "READ", "DESCRIBE"),
    ],
  },
  {
    name: "streams",
    description: "The stream application, whose id is trips-streams: topics, groups and transactions of its own begin so.",
    rights: [
      right("TOPIC", "trips.*", "READ", "WRITE", "DESCRIBE"),
      right("TOPIC", "trips-streams*", "ALL"),
      right("GROUP", "trips-streams*", "ALL"),
      right("TRANSACTIONAL_ID", "trips-streams*", "WRITE", "DESCRIBE"),
    ],
  },
  {
    name: "connect",
    description: "Kafka Connect, whose own topics and groups begin with connect-.",
    rights: [
      right("TOPIC", "connect-*", "ALL"),
      right("GROUP", "connect-*", "ALL"),
      right("TOPIC", "trips.*", "READ", "DESCRIBE"),
      right("TOPIC", "trips.dead-letter", "WRITE"),
    ],
  },
];
