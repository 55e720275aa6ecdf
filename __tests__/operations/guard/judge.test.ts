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
    ["google_secret_manager_secret", { deletion_protection: false }],
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

  test.each(["google_compute_disk", "google_monitoring_metric_descriptor"])("%s has no key of its own: a person names it", (type) => {
    const plan = planOf(type, ["create", "delete"], {}, {});

    expect(judge(plan, dev)).toMatchObject([{ severity: "stop", mend: `name it on the command line: --allow-loss ${type}.it` }]);
    expect(judge(plan, { ...dev, allowedLosses: new Set([`${type}.it`]) })).toMatchObject([{ severity: "warn", mend: "" }]);
  });

  test.each([
    ["an external table", "google_bigquery_table", { external_data_configuration: [{}], deletion_protection: true }],
    ["a view", "google_bigquery_table", { view: [{ query: "select 1" }], deletion_protection: true }],
    ["a service account", "google_service_account", {}],
    ["a database that its instance keeps", "google_sql_database", { deletion_policy: "ABANDON" }],
  ])("%s holds nothing", (_, type, before) => {
    expect(judge(planOf(type, ["delete"], before), prod)).toEqual([]);
    const [columns, none] = [schema("a", "b"), schema("a")];
    expect(judge(planOf(type, ["update"], { ...before, schema: columns }, { ...before, schema: none }), prod)).toEqual([]);
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

  test("columns that are known only after the apply can't be judged: that is told", () => {
    expect(update("google_bigquery_table", { schema: schema("a") }, {})).toMatchObject([
      { severity: "warn", what: expect.stringContaining("its columns can't be judged before the apply") },
    ]);
    expect(update("google_bigquery_table", { schema: "" }, {})).toEqual([]);
  });

  const partitions = (expiration_ms: number | null) => ({ time_partitioning: [{ type: "DAY", expiration_ms }] });

  test.each<[string, Attributes, Attributes, string]>([
    ["its partitions expire", partitions(null), partitions(5), "from never to 5"],
    ["its partitions expire, where the provider says 0 for never", partitions(0), partitions(5), "from never to 5"],
    ["its partitions expire sooner", partitions(6), partitions(5), "from 6 to 5"],
    ["it expires", {}, { expiration_time: 9 }, "from never to 9"],
    ["it expires sooner", { expiration_time: 10 }, { expiration_time: 9 }, "from 10 to 9"],
  ])("a table loses rows when %s", (_, before, after, what) => {
    const unlocked = { deletion_protection: false };

    expect(update("google_bigquery_table", before, after)).toMatchObject([{ severity: "stop", what: expect.stringContaining(what) }]);
    expect(update("google_bigquery_table", before, after, dev)).toMatchObject([{ severity: "stop" }]);
    expect(update("google_bigquery_table", { ...before, ...unlocked }, { ...after, ...unlocked }, dev)).toMatchObject([
      { severity: "warn" },
    ]);
    expect(update("google_bigquery_table", after, before)).toEqual([]);
    expect(update("google_bigquery_table", after, after)).toEqual([]);
  });

  test.each(["default_table_expiration_ms", "default_partition_expiration_ms"])(
    "new tables of a dataset that live shorter are told: %s",
    (life) => {
      for (const [before, after] of [
        [{}, { [life]: 3_600_000 }],
        [{ [life]: 0 }, { [life]: 3_600_000 }],
        [{ [life]: 7_200_000 }, { [life]: 3_600_000 }],
      ] as const) {
        expect(update("google_bigquery_dataset", before, after)).toMatchObject([{ severity: "warn", mend: "" }]);
        expect(update("google_bigquery_dataset", after, before)).toEqual([]);
      }
    },
  );

  test("a secret that may be destroyed is told", () => {
    const [locked, unlocked] = [{ deletion_protection: true }, { deletion_protection: false }];

    expect(update("google_secret_manager_secret", locked, unlocked)).toMatchObject([{ severity: "warn" }]);
    expect(update("google_secret_manager_secret", unlocked, locked)).toEqual([]);
  });

  test.each([
    [
      "soft delete",
      { soft_delete_policy: [{ retention_duration_seconds: 9 }] },
      { soft_delete_policy: [{ retention_duration_seconds: 8 }] },
    ],
    ["retention", { retention_policy: [{ retention_period: 9 }] }, { retention_policy: [{ retention_period: 8 }] }],
    ["no retention", { retention_policy: [{ retention_period: 9 }] }, { retention_policy: [] }],
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
