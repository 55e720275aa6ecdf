import * as path from "node:path";
import { temporaryFolder } from "../temporary-folder";
import { TerraformCore } from "../terraform-core";

const SUBSCRIPTION = "google_pubsub_subscription";
const folder = temporaryFolder();
let count = 0;
const newCore = () => new TerraformCore("google", path.join(folder, String(count++)), { project: "acme-dev" });
const topic = "projects/acme-dev/topics/reminders";
const reminders = { name: "reminders", topic, expiration_policy: [{ ttl: "" }] };

describe("google_pubsub_subscription", () => {
  test("is created, and planned again without a change; without a word it expires after 31 days", () => {
    expect(newCore().create(SUBSCRIPTION, reminders)).toMatchObject({
      id: "projects/acme-dev/subscriptions/reminders",
      ack_deadline_seconds: 10,
      message_retention_duration: "604800s",
      expiration_policy: [{ ttl: "" }],
    });
    expect(newCore().create(SUBSCRIPTION, { name: "reminders", topic }).expiration_policy).toEqual([{ ttl: "2678400s" }]);
  });

  test("retention changes in place, another topic replaces it, its short name doesn't", () => {
    const core = newCore();
    const state = core.create(SUBSCRIPTION, reminders);
    const changed = { ...reminders, message_retention_duration: "86400s" };

    expect(core.plan(SUBSCRIPTION, changed, state).action).toBe("update");
    expect(core.plan(SUBSCRIPTION, changed, core.apply(SUBSCRIPTION, changed, state)).action).toBe("nothing");
    expect(core.plan(SUBSCRIPTION, { ...reminders, topic: "reminders" }, state).action).toBe("nothing");
    expect(core.plan(SUBSCRIPTION, { ...reminders, topic: "other" }, state)).toMatchObject({ action: "replace", replacedBy: ["topic"] });
  });

  test("a name that Google keeps for itself is refused", () => {
    expect(newCore().complaints(SUBSCRIPTION, { ...reminders, name: "google-x" })).toEqual([expect.stringMatching(/not with goog/)]);
  });
});

describe("a subscription that writes to BigQuery", () => {
  const sink = { table: "acme-dev.trips_stream.ride_events", use_topic_schema: true, write_metadata: true, drop_unknown_fields: true };
  const toBigQuery = {
    name: "trips-to-bigquery",
    topic,
    enable_message_ordering: true,
    bigquery_config: [sink],
    dead_letter_policy: [{ dead_letter_topic: "projects/acme-dev/topics/dead", max_delivery_attempts: 5 }],
    retry_policy: [{ minimum_backoff: "10s" }],
  };

  test("is created, and planned again without a change; Google fills in the rest of its patience", () => {
    const core = newCore();
    const state = core.create(SUBSCRIPTION, toBigQuery);

    expect(state).toMatchObject({ bigquery_config: [sink], retry_policy: [{ minimum_backoff: "10s", maximum_backoff: "600s" }] });
    expect(core.plan(SUBSCRIPTION, toBigQuery, state).action).toBe("nothing");
  });

  test("its table and patience change in place; order replaces it", () => {
    const core = newCore();
    const state = core.create(SUBSCRIPTION, toBigQuery);
    const change = (more: object) => core.plan(SUBSCRIPTION, { ...toBigQuery, ...more }, state);

    expect(change({ bigquery_config: [{ ...sink, table: "acme-dev.trips_stream.others" }] }).action).toBe("update");
    expect(change({ enable_message_ordering: null })).toMatchObject({ action: "replace", replacedBy: ["enable_message_ordering"] });
  });

  test.each([
    ["a table without its dataset", { bigquery_config: [{ ...sink, table: "ride_events" }] }, /must be <project>\.<dataset>\.<table>/],
    ["two schemas", { bigquery_config: [{ ...sink, use_table_schema: true }] }, /can't be set together: the columns/],
    [
      "two places",
      { push_config: [{ push_endpoint: "https://example.com" }] },
      /"push_config" and "bigquery_config" can't be set together/,
    ],
    ["two attempts", { dead_letter_policy: [{ max_delivery_attempts: 2 }] }, /max_delivery_attempts of 2 must be from 5 to 100/],
    ["months of patience", { message_retention_duration: "9999999s" }, /must be from 600s to 2678400s/],
  ])("with %s is refused", (_, change, complaint) => {
    expect(newCore().complaints(SUBSCRIPTION, { ...toBigQuery, ...change })).toEqual([expect.stringMatching(complaint)]);
  });
});

describe("google_pubsub_subscription_iam_member", () => {
  const GRANT = "google_pubsub_subscription_iam_member";
  const member = "serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com";
  const grant = { subscription: "reminders", role: "roles/pubsub.subscriber", member };

  test("is created, and planned again without a change, by name or by path; another member replaces it", () => {
    const core = newCore();
    const state = core.create(GRANT, grant);

    expect(state).toMatchObject({
      id: `projects/acme-dev/subscriptions/reminders/roles/pubsub.subscriber/${member}`,
      project: "acme-dev",
      subscription: "reminders",
    });
    expect(core.plan(GRANT, { ...grant, subscription: "projects/acme-dev/subscriptions/reminders" }, state).action).toBe("nothing");
    expect(core.plan(GRANT, { ...grant, member: "user:a@example.com" }, state)).toMatchObject({
      action: "replace",
      replacedBy: ["member"],
    });
  });
});

describe("google_pubsub_schema", () => {
  const SCHEMA = "google_pubsub_schema";
  const definition = (...fields: object[]) => JSON.stringify({ type: "record", name: "Ride", fields });
  const schema = { name: "trips-rides", type: "AVRO", definition: definition({ name: "zone", type: "long" }) };

  test("is created, and planned again without a change; a changed definition is a revision, another name another schema", () => {
    const core = newCore();
    const state = core.create(SCHEMA, schema);
    const revised = { ...schema, definition: definition() };

    expect(state.id).toBe("projects/acme-dev/schemas/trips-rides");
    expect(core.plan(SCHEMA, schema, state).action).toBe("nothing");
    expect(core.plan(SCHEMA, revised, state).action).toBe("update");
    expect(core.plan(SCHEMA, revised, core.apply(SCHEMA, revised, state)).action).toBe("nothing");
    expect(core.plan(SCHEMA, { ...schema, name: "trips-others" }, state)).toMatchObject({ action: "replace", replacedBy: ["name"] });
  });

  test.each([
    ["a kind that there isn't", { type: "JSON" }, /must be one of AVRO/],
    ["no JSON", { definition: "record Ride {}" }, /It is no Avro schema/],
    ["no record", { definition: JSON.stringify("string") }, /must be a record/],
    ["Google's name", { name: "google-x" }, /not with goog/],
  ])("with %s is refused", (_, change, complaint) => {
    expect(newCore().complaints(SCHEMA, { ...schema, ...change })).toEqual([expect.stringMatching(complaint)]);
  });
});
