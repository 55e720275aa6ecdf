import { DuckDBInstance } from "@duckdb/node-api";
import { rideEvent } from "../../../contracts/events";
import { pubSubAvroSchema } from "../../../contracts/render/avro";
import { Monitoring } from "../../../constructs/monitoring/monitoring";
import { EventTable } from "../../../constructs/streaming/pubsub-event-table";
import type { EventTableProps } from "../../../constructs/streaming/pubsub-event-table-props";
import { PubSubEvents } from "../../../constructs/streaming/pubsub-events";
import type { PubSubEventsProps } from "../../../constructs/streaming/pubsub-events-props";
import { PubSubWatch } from "../../../constructs/streaming/pubsub-watch";
import { Dataset } from "../../../constructs/warehouse/dataset";
import { duckDbType, type Field } from "../../../embedded/engines/warehouse/column-types";
import { unknownMetrics } from "../monitoring/unknown-metrics";
import { dev, only, prod, resources, synth } from "../synth";

const TOPIC = "google_pubsub_topic";
const SUBSCRIPTION = "google_pubsub_subscription";
const AGENT = "serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com";

/** A stack with the events, and what is built on them. */
const withEvents = (build: (events: PubSubEvents, stack: any) => void = () => {}, props: Partial<PubSubEventsProps> = {}) =>
  synth((stack) => {
    build(new PubSubEvents(stack, "events", { environment: dev, event: rideEvent, ...props }), stack);
  });
const named = (json: any, type: string, name: string) => resources(json, type).find((resource) => resource.name === name);

/** A table in a dataset of its own. */
const eventTable = (stack: any, props: Partial<EventTableProps> = {}) => {
  const dataset = new Dataset(stack, "stream", { environment: dev, datasetId: "trips_stream", description: "" });
  return new EventTable(stack, "table", { environment: dev, dataset, event: rideEvent, ...props });
};
const withTable = (props: Partial<EventTableProps> = {}) => withEvents((events, stack) => events.writeTo(eventTable(stack, props)));

describe("the topic", () => {
  test("takes what the event's Avro schema allows, in binary, and keeps it in the region", () => {
    const json = withEvents();

    expect(JSON.parse(only(json, "google_pubsub_schema").definition)).toEqual(pubSubAvroSchema(rideEvent));
    expect(named(json, TOPIC, "trips-ride-events")).toMatchObject({
      schema_settings: { schema: expect.stringMatching(/google_pubsub_schema\..*\.id/), encoding: "BINARY" },
      message_storage_policy: { allowed_persistence_regions: ["europe-west1"] },
      labels: { environment: "dev" },
    });
  });

  test("has dead letters without a schema, kept for 31 days by a subscription that doesn't expire", () => {
    const json = withEvents();

    expect(named(json, TOPIC, "trips-ride-events-dead-letters")).not.toHaveProperty("schema_settings");
    expect(only(json, SUBSCRIPTION)).toMatchObject({
      name: "trips-ride-events-dead-letters",
      message_retention_duration: "2678400s",
      expiration_policy: { ttl: "" },
    });
    expect(only(json, "google_pubsub_topic_iam_member")).toMatchObject({ role: "roles/pubsub.publisher", member: AGENT });
  });

  test("lets a producer publish, and no more", () => {
    const json = withEvents((events) => {
      events.grantPublish({ id: "producer", member: "serviceAccount:p@acme-dev.iam.gserviceaccount.com" });
    });

    expect(resources(json, "google_pubsub_topic_iam_member")).toContainEqual(
      expect.objectContaining({ role: "roles/pubsub.publisher", member: "serviceAccount:p@acme-dev.iam.gserviceaccount.com" }),
    );
  });

  test.each([
    ["messages that are kept for months", { retentionDays: 60 }, /"retentionDays" must be a whole number from 1 to 31, not 60/],
    ["a message that is tried twice", { maxDeliveryAttempts: 2 }, /"maxDeliveryAttempts" must be a whole number from 5 to 100/],
  ])("with %s is refused", (_, props, complaint) => {
    expect(() => withEvents(undefined, props)).toThrow(complaint);
  });
});

test("a subscription takes events in order by key, once, and puts aside what can't be handled", () => {
  const json = withEvents(
    (events) => {
      events.subscribe("aggregation").grantConsume({ id: "app", member: "serviceAccount:a@acme-dev.iam.gserviceaccount.com" });
    },
    { retentionDays: 3, maxDeliveryAttempts: 9 },
  );

  expect(named(json, SUBSCRIPTION, "trips-ride-events-aggregation")).toMatchObject({
    enable_message_ordering: true,
    enable_exactly_once_delivery: true,
    message_retention_duration: "259200s",
    expiration_policy: { ttl: "" },
    dead_letter_policy: { dead_letter_topic: expect.stringContaining("dead-letter"), max_delivery_attempts: 9 },
  });
  // Without the right to acknowledge there, Pub/Sub's account puts nothing aside.
  expect(
    resources(json, "google_pubsub_subscription_iam_member")
      .map(({ member, role }) => `${role} ${member}`)
      .sort(),
  ).toEqual(["roles/pubsub.subscriber serviceAccount:a@acme-dev.iam.gserviceaccount.com", `roles/pubsub.subscriber ${AGENT}`]);
});

describe("what Pub/Sub writes to BigQuery", () => {
  test("goes by the topic's schema, with the message's metadata, once Pub/Sub's account may write to that table", () => {
    const json = withTable();
    const subscription = named(json, SUBSCRIPTION, "trips-ride-events-to-bigquery");
    const [wait] = Object.keys(json.resource.terraform_data);

    expect(subscription).toMatchObject({
      bigquery_config: { use_topic_schema: true, write_metadata: true, drop_unknown_fields: true },
      enable_message_ordering: true,
      depends_on: expect.arrayContaining([`terraform_data.${wait!}`]),
    });
    expect(subscription.bigquery_config.table).toMatch(
      /^acme-dev\.\$\{google_bigquery_table\.\w+\.dataset_id\}\.\$\{google_bigquery_table/,
    );
    expect(subscription).not.toHaveProperty("enable_exactly_once_delivery");
    expect(json.resource.terraform_data[wait!].triggers_replace.writer).toMatch(/google_bigquery_table_iam_member/);
    expect(only(json, "google_bigquery_table_iam_member")).toMatchObject({ role: "roles/bigquery.dataEditor", member: AGENT });
    expect(resources(json, "google_bigquery_dataset_iam_member")).toEqual([]);
    expect(resources(json, "google_pubsub_subscription_iam_member")).toHaveLength(1);
  });

  test("lies in a table by the contract, partitioned by the event's day, clustered by its key, not read as a whole", () => {
    const [table] = resources(withTable(), "google_bigquery_table").filter(({ table_id }) => table_id === "ride_events");

    expect(table).toMatchObject({
      time_partitioning: { type: "DAY", field: "pickup_datetime" },
      require_partition_filter: true,
      clustering: ["pickup_zone_id"],
      deletion_protection: true,
    });
    const types = Object.fromEntries(JSON.parse(table.schema).map(({ name, type }: any) => [name, type]));
    expect(Object.keys(types)).toEqual([
      ...rideEvent.fields.map(({ name }) => name),
      ...["subscription_name", "message_id", "publish_time", "attributes"],
    ]);
    expect(types).toMatchObject({ pickup_datetime: "DATETIME", total_amount: "NUMERIC", produced_at: "TIMESTAMP", attributes: "STRING" });
  });

  test("can be partitioned by hour, and expire", () => {
    const [table] = resources(withTable({ partition: "HOUR", expirationDays: 2 }), "google_bigquery_table");

    expect(table.time_partitioning).toMatchObject({ type: "HOUR", expiration_ms: 172_800_000 });
    expect(() => withTable({ expirationDays: 0 })).toThrow(/expirationDays must be 1 or more/);
  });

  test("is deleted only where both the environment and the construct allow it", () => {
    const isProtected = (environment: typeof dev, destroyRows?: boolean): boolean =>
      resources(withTable({ environment, destroyRows }), "google_bigquery_table").find(({ table_id }) => table_id === "ride_events")
        .deletion_protection;

    expect([isProtected(dev, true), isProtected(dev), isProtected(prod, true)]).toEqual([false, true, true]);
  });

  test("is seen once in a view, by columns that let a filter on the time reach the partitions", () => {
    const view = resources(withTable({ onceWhere: "event_type = 'ride'" }), "google_bigquery_table").find((table) => table.view);

    expect(view.table_id).toBe("ride_events_once");
    expect(view.view.query).toMatch(
      /where event_type = 'ride'\nqualify row_number\(\) over \(partition by event_id, pickup_datetime order/,
    );
    expect(view.view.query).not.toMatch(/message_id/);
  });
});

test("the view shows a ride once, however often it was sent or delivered, and no mark; on DuckDB, which reads it alike", async () => {
  const tables = resources(withTable({ onceWhere: "event_type = 'ride'" }), "google_bigquery_table");
  const fields: Field[] = JSON.parse(tables.find(({ table_id }) => table_id === "ride_events").schema);
  const query: string = tables.find((table) => table.view).view.query.replace(/`.*`/, "ride_events");
  const row = (event: string, type: string, day: number, published: string) =>
    `insert into ride_events (event_id, event_type, pickup_datetime, total_amount, publish_time) values ('${event}', '${type}', '2020-03-0${String(day)}', 10.50, '2026-01-01 00:00:${published}+00')`;
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    await connection.run(`create table ride_events (${fields.map((field) => `${field.name} ${duckDbType(field)}`).join(", ")})`);
    for (const [event, type, day, published] of [
      ["a", "ride", 1, "02"],
      ["a", "ride", 1, "01"],
      ["b", "ride", 1, "03"],
      ["replay/0", "end_of_replay", 9, "04"],
    ] as const)
      await connection.run(row(event, type, day, published));
    const rides = await connection.runAndReadAll(`select event_id, total_amount from (${query}) order by 1`);

    expect(rides.getRowsJson()).toEqual([
      ["a", "10.50"],
      ["b", "10.50"],
    ]);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
});

test("PubSubWatch tells of what waits for long, and of what was put aside", () => {
  const json = withEvents((events, stack) => {
    const toBigQuery = events.writeTo(eventTable(stack));
    new PubSubWatch(new Monitoring(stack, "monitoring", { environment: dev }), "pubsub", { events, toBigQuery, maxWaitMinutes: 7 });
  });
  const condition = (text: RegExp) =>
    resources(json, "google_monitoring_alert_policy").find(({ display_name }) => text.test(display_name)).conditions[0].condition_threshold;

  expect(condition(/more than 7 minutes/)).toMatchObject({
    threshold_value: 420,
    filter: expect.stringContaining("oldest_unacked_message_age"),
  });
  expect(condition(/could not be delivered/)).toMatchObject({
    threshold_value: 0,
    filter: expect.stringMatching(/num_undelivered_messages.*subscription_id = "\$\{google_pubsub_subscription\.events_dead-letters/),
  });
  expect(unknownMetrics(json)).toEqual([]);
});
