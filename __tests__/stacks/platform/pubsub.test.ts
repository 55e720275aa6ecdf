import { resolve } from "node:path";
import { Testing } from "cdktf";
import { pubsub as schema } from "../../../config/parts/pubsub";
import { loadConfigurations } from "../../../config/load";
import { PlatformStack } from "../../../stacks/platform-stack";
import { resources } from "../../constructs/synth";
import { unknownMetrics } from "../../constructs/monitoring/unknown-metrics";
import { findingsIn } from "../../policies/every-stack";

const root = resolve(__dirname, "../../..");
const folder = resolve(root, "__tests__/fixtures/pubsub");
const stackOf = (name: string, streaming?: "none"): any => {
  const configuration = loadConfigurations({ folder, root, variables: {} }).find((one) => one.name === name)!;
  const changed = streaming ? { ...configuration, streaming: { ...configuration.streaming, kind: streaming } } : configuration;
  return JSON.parse(Testing.synth(new PlatformStack(Testing.app(), name, changed)));
};
const dev = stackOf("dev");
const named = (type: string, name: string) => resources(dev, type).find((resource) => resource.name === name);

test("every setting reaches Pub/Sub, BigQuery and the alert", () => {
  const toBigQuery = named("google_pubsub_subscription", "trips-ride-events-to-bigquery");

  expect(toBigQuery).toMatchObject({ message_retention_duration: "259200s", dead_letter_policy: { max_delivery_attempts: 9 } });
  expect(resources(dev, "google_pubsub_subscription").map(({ name }) => name)).toEqual(
    expect.arrayContaining(["trips-ride-events-aggregation", "trips-ride-events-live", "trips-ride-events-dead-letters"]),
  );
  expect(resources(dev, "google_bigquery_table").find(({ table_id }) => table_id === "ride_events")).toMatchObject({
    dataset_id: expect.stringMatching(/google_bigquery_dataset\.stream-dataset/),
    time_partitioning: { type: "HOUR", expiration_ms: 300 * 86_400_000 },
    deletion_protection: false,
  });
  expect(resources(dev, "google_monitoring_alert_policy").map(({ display_name }) => display_name)).toEqual(
    expect.arrayContaining(["Events have waited for BigQuery for more than 20 minutes (dev)", "Events could not be delivered (dev)"]),
  );
  expect(unknownMetrics(dev)).toEqual([]);
});

test("the streaming workload may publish and take events, dbt may read them, and nobody else anything", () => {
  const member = (workload: string) => expect.stringMatching(new RegExp(`google_service_account\\.${workload}_account`));
  const grants = [
    ...resources(dev, "google_pubsub_topic_iam_member"),
    ...resources(dev, "google_pubsub_subscription_iam_member"),
    ...resources(dev, "google_bigquery_dataset_iam_member").filter(({ dataset_id }) => /stream-dataset/.test(dataset_id)),
  ].filter((grant) => !grant.member.includes("gcp-sa-pubsub"));

  expect(grants.map(({ role, member: who }) => [role, who])).toEqual([
    ["roles/pubsub.publisher", member("kafka")],
    ["roles/pubsub.subscriber", member("kafka")],
    ["roles/pubsub.subscriber", member("kafka")],
    ["roles/bigquery.dataViewer", member("transform")],
  ]);
});

test("the API is switched on, and without Pub/Sub nothing of it is left", () => {
  const apis = (json: any) => resources(json, "google_project_service").map(({ service }) => service);
  const without = stackOf("dev", "none");

  expect(apis(dev)).toContain("pubsub.googleapis.com");
  expect(apis(without)).not.toContain("pubsub.googleapis.com");
  expect(Object.keys(without.resource).filter((type) => type.startsWith("google_pubsub_"))).toEqual([]);
});

test("in prod, by default, rows can't be destroyed and partitions don't expire", () => {
  const table = resources(stackOf("prod"), "google_bigquery_table").find(({ table_id }) => table_id === "ride_events");

  expect(table).toMatchObject({ deletion_protection: true, time_partitioning: { type: "DAY" } });
  expect(table.time_partitioning).not.toHaveProperty("expiration_ms");
});

test("the rule pack finds nothing, keys of one's own included", () => {
  expect(findingsIn({ folder, root, variables: {} })).toMatchObject({ findings: [] });
});

test.each([
  [{ retentionDays: 40 }, "at most 31 days"],
  [{ maxDeliveryAttempts: 3 }, "5 to 100 attempts"],
  [{ subscriptions: ["Live"] }, "a name of at most 40"],
  [{ subscriptions: ["live", "live"] }, "names that differ"],
  [{ partition: "MONTH" }, "Invalid option"],
  [{ expirationDays: 0 }, "Too small"],
])("%j is refused", (section, complaint) => {
  expect(() => schema.parse(section)).toThrow(complaint);
});
