/** Where results go, and what they are read with. */
export interface ZoneHoursPlace {
  readonly postgres: {
    readonly host: string;
    readonly port: number;
    readonly database: string;
    readonly user: string;

    /** File that holds the password, in a folder that the worker may read. Absolute. */
    readonly passwordFile: { readonly folder: string; readonly name: string };
  };

  /** The registry's own interface, such as `http://127.0.0.1:8181/apis/registry/v2`. */
  readonly registryUrl: string;

  /** Copies of the dead-letter topic. */
  readonly replication: number;
}

/** Its group is `connect-` and this, which is what Kafka's user `connect` may read in. */
export const ZONE_HOURS_SINK = "zone-hours";

/** Connect knows times by milliseconds, and Avro's microseconds as numbers only. */
const TIMES = ["window_start", "window_end", "ride_produced_at", "updated_at"];

/**
 * The connector that writes final results to Postgres: an upsert by zone and window, so that a record read twice changes nothing.
 *
 * The table is zone_hours.sql's. No password is in it: the worker reads the file when it starts the connector.
 *
 * @see https://debezium.io/documentation/reference/3.3/connectors/jdbc.html
 */
export function zoneHoursSink({ postgres, registryUrl, replication }: ZoneHoursPlace): Readonly<Record<string, string>> {
  const { host, port, database, user, passwordFile } = postgres;
  return {
    "connector.class": "io.debezium.connector.jdbc.JdbcSinkConnector",
    "tasks.max": "1",
    topics: "trips.pickups-per-zone.final",
    "connection.url": `jdbc:postgresql://${host}:${String(port)}/${database}`,
    "connection.username": user,
    "connection.password": `\${dir:${passwordFile.folder}:${passwordFile.name}}`,
    "collection.name.format": "streaming.zone_hours",
    "insert.mode": "upsert",
    "primary.key.mode": "record_value",
    "primary.key.fields": "pickup_zone_id,window_start",
    "schema.evolution": "none",
    "use.time.zone": "UTC",
    ...avroValues(registryUrl),
    ...Object.assign({ transforms: TIMES.join(",") }, ...TIMES.map(microseconds)),
    // What an aborted transaction of the stream application wrote isn't read.
    "consumer.override.isolation.level": "read_committed",
    "errors.tolerance": "all",
    "errors.deadletterqueue.topic.name": "trips.dead-letter",
    "errors.deadletterqueue.topic.replication.factor": String(replication),
    "errors.deadletterqueue.context.headers.enable": "true",
  };
}

const avroValues = (registryUrl: string): Record<string, string> => ({
  "value.converter": "io.apicurio.registry.utils.converter.AvroConverter",
  "value.converter.apicurio.registry.url": registryUrl,
  // Confluent's wire format: four bytes, of the id that its interface gives.
  "value.converter.apicurio.registry.id-handler": "io.apicurio.registry.serde.Legacy4ByteIdHandler",
  "value.converter.apicurio.registry.use-id": "contentId",
  // A schema never changes under its id: it is asked for once, and a registry that is away later makes no dead letters of good results.
  "value.converter.apicurio.registry.check-period-ms": String(24 * 3_600_000),
  "value.converter.apicurio.registry.fault-tolerant-refresh": "true",
});

const microseconds = (field: string): Record<string, string> => ({
  [`transforms.${field}.type`]: "org.apache.kafka.connect.transforms.TimestampConverter$Value",
  [`transforms.${field}.field`]: field,
  [`transforms.${field}.target.type`]: "Timestamp",
  [`transforms.${field}.unix.precision`]: "microseconds",
});
