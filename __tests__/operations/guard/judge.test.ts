import { judge, type Keys } from "../../../operations/guard/judge";
import { type Attributes, parsePlan, type Plan } from "../../../operations/guard/plan";

const dev: Keys = { environment: "dev", allowsDataDeletion: true, allowedLosses: new Set() };
const prod: Keys = { ...dev, environment: "prod", allowsDataDeletion: false };

const planOf = (
  type: string,
  actions: string[],
  before: Attributes | null,
  after: Attributes | null = null,
  replace_paths: string[][] = [],
): Plan => ({
  format_version: "1.2",
  resource_changes: [{ address: `${type}.it`, type, change: { actions, before, after, replace_paths } }],
});

const schema = (...names: string[]) => JSON.stringify(names.map((name) => ({ name, type: "STRING" })));

describe("what holds data", () => {
  test.each([
    ["google_storage_bucket", { force_destroy: true }],
    ["google_bigquery_dataset", { delete_contents_on_destroy: true }],
    ["google_bigquery_table", { deletion_protection: false, schema: schema("a") }],
    ["google_sql_database_instance", { deletion_protection: false }],
  ])("%s may be destroyed with both keys, and is stopped with one of them", (type, second) => {
    const severities = (keys: Keys, before: Attributes) => judge(planOf(type, ["delete"], before), keys).map(({ severity }) => severity);
    const without = Object.fromEntries(Object.entries(second).map(([name, value]) => [name, typeof value === "boolean" ? !value : value]));

    expect(severities(dev, second)).toEqual(["warn"]);
    expect(severities(prod, second)).toEqual(["stop"]);
    expect(severities(dev, without)).toEqual(["stop"]);
  });

  test("a replacement is a loss too, and names what forces it, and both missing keys", () => {
    const plan = planOf("google_storage_bucket", ["delete", "create"], { force_destroy: false }, {}, [["location"]]);

    expect(judge(plan, prod)).toEqual([
      {
        severity: "stop",
        address: "google_storage_bucket.it",
        action: "replace",
        what: "It would be replaced (because of location): its objects and their older versions would be lost.",
        mend: "set allowsDataDeletion: true in config/prod.yaml. And apply force_destroy = true to the resource first (its construct's own key), in a deploy of its own.",
      },
    ]);
  });

  test("a disk has no key of its own: a person names it", () => {
    const plan = planOf("google_compute_disk", ["create", "delete"], {}, {});

    expect(judge(plan, dev)).toMatchObject([
      { severity: "stop", mend: "name it on the command line: --allow-loss google_compute_disk.it" },
    ]);
    expect(judge(plan, { ...dev, allowedLosses: new Set(["google_compute_disk.it"]) })).toMatchObject([{ severity: "warn", mend: "" }]);
  });

  test.each([
    ["an external table", "google_bigquery_table", { external_data_configuration: [{}], deletion_protection: true }],
    ["a view", "google_bigquery_table", { view: [{ query: "select 1" }], deletion_protection: true }],
    ["a service account", "google_service_account", {}],
  ])("%s holds nothing", (_, type, before) => {
    expect(judge(planOf(type, ["delete"], before), prod)).toEqual([]);
  });

  test("creations are nobody's loss", () => {
    expect(judge(planOf("google_storage_bucket", ["create"], null, {}), prod)).toEqual([]);
  });
});

describe("updates in place", () => {
  const update = (type: string, before: Attributes, after: Attributes, keys = prod) => judge(planOf(type, ["update"], before, after), keys);

  test("a dropped column is a loss", () => {
    const before = { schema: schema("a", "b", "c"), deletion_protection: false };

    expect(update("google_bigquery_table", before, { ...before, schema: schema("A") })).toMatchObject([
      { severity: "stop", action: "update", what: "The update drops the columns b, c." },
    ]);
    expect(update("google_bigquery_table", before, { ...before, schema: schema("a") }, dev)).toMatchObject([{ severity: "warn" }]);
    expect(update("google_bigquery_table", before, { ...before, schema: schema("a", "b", "c", "d") })).toEqual([]);
  });

  test.each([
    [
      "soft delete",
      { soft_delete_policy: [{ retention_duration_seconds: 9 }] },
      { soft_delete_policy: [{ retention_duration_seconds: 8 }] },
    ],
    ["versions", { versioning: [{ enabled: true }] }, { versioning: [{ enabled: false }] }],
    ["a delete rule", {}, { lifecycle_rule: [{ action: [{ type: "Delete" }], condition: [{ age: 1 }] }] }],
    ["the second key", { force_destroy: false }, { force_destroy: true }],
  ])("less protection of a bucket is told: %s", (_, before, after) => {
    expect(update("google_storage_bucket", before, after)).toMatchObject([{ severity: "warn", mend: "" }]);
    expect(update("google_storage_bucket", after, before)).toEqual([]);
  });

  test("time travel is text in the plan, and compared as a number", () => {
    expect(update("google_bigquery_dataset", { max_time_travel_hours: "168" }, { max_time_travel_hours: "48" })).toHaveLength(1);
    expect(update("google_bigquery_dataset", { max_time_travel_hours: "48" }, { max_time_travel_hours: "168" })).toEqual([]);
  });
});

test("what stops comes first", () => {
  const changes = [
    planOf("google_bigquery_dataset", ["delete"], { delete_contents_on_destroy: true }),
    planOf("google_compute_disk", ["delete"], {}),
  ].flatMap((plan) => plan.resource_changes ?? []);

  expect(judge({ format_version: "1.2", resource_changes: changes }, dev).map(({ severity }) => severity)).toEqual(["stop", "warn"]);
});

test.each([
  ["half a file", "{"],
  ["something else", '{"a": 1}'],
  ["a future format", '{"format_version": "2.0"}'],
])("%s is no plan", (_, text) => {
  expect(() => parsePlan(text, "plan.json")).toThrow(/plan\.json/);
});
