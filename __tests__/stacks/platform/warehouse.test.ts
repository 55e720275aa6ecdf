import { Testing } from "cdktf";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { loadConfigurations } from "../../../config/load";
import { PlatformStack } from "../../../stacks/platform-stack";
import { only, resources } from "../../constructs/synth";

const root = resolve(__dirname, "../../..");
const fixtures = resolve(__dirname, "../../fixtures/config");
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "warehouse-stack-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** The dev stack with these settings of the warehouse instead of the fixture's, and nothing from the fixture's else. */
function synth(warehouse: object): any {
  const dev = readFileSync(join(fixtures, "dev.yaml"), "utf8").replace(/^warehouse:\n(?: .*\n)*/m, "");
  writeFileSync(join(folder, "dev.yaml"), `${dev}\nwarehouse: ${JSON.stringify(warehouse)}\n`);
  writeFileSync(join(folder, "prod.yaml"), readFileSync(join(fixtures, "prod.yaml"), "utf8"));
  const configuration = loadConfigurations({ folder, root, variables: {} }).find(({ name }) => name === "dev")!;
  return JSON.parse(Testing.synth(new PlatformStack(Testing.app(), "dev", configuration)));
}

const datasets = (json: any) => resources(json, "google_bigquery_dataset").map(({ dataset_id }) => dataset_id);
const services = (json: any) => resources(json, "google_project_service").map(({ service }) => service);
const landed = (json: any, name: string) =>
  resources(json, "google_bigquery_table").find((one) => one.table_id === name && one.schema !== undefined);

test("by default: shared views of all trips and the zones, summaries of the taxis, routines, scratch space, protected columns", () => {
  const json = synth({});

  expect(datasets(json)).toEqual(expect.arrayContaining(["trips_shared", "trips_routines", "trips_scratch"]));
  const views = resources(json, "google_bigquery_table").filter(({ view }) => view !== undefined);
  expect(views.map(({ table_id }) => table_id).sort()).toEqual(["fhv_trips", "fhvhv_trips", "green_trips", "yellow_trips", "zones"]);
  const kept = resources(json, "google_bigquery_table").filter(({ materialized_view }) => materialized_view !== undefined);
  expect(kept.map(({ table_id }) => table_id).sort()).toEqual(["green_trips_by_month", "yellow_trips_by_month"]);
  expect(resources(json, "google_bigquery_routine")).toHaveLength(3);
  expect(only(json, "google_bigquery_datapolicy_data_policy").data_masking_policy).toEqual({ predefined_expression: "ALWAYS_NULL" });
  expect(services(json)).toEqual(expect.arrayContaining(["datacatalog.googleapis.com", "bigquerydatapolicy.googleapis.com"]));
});

test("all of it can be switched off", () => {
  const off = { enabled: false };
  const json = synth({ shared: off, routines: false, scratch: off, protectedColumns: off });

  expect(datasets(json).some((id) => /shared|routines|scratch/.test(id))).toBe(false);
  expect(Object.keys(json.resource)).not.toContain("google_data_catalog_taxonomy");
  expect(services(json)).not.toContain("datacatalog.googleapis.com");
});

test("whoever is named may read views, routines and masked columns, and write to the scratch space", () => {
  const json = synth({
    shared: { readers: ["group:partners@example.com"], since: "2024-02" },
    scratch: { writers: ["group:analysts@example.com"], tableDays: 3 },
    protectedColumns: {
      readers: ["group:auditors@example.com"],
      maskedReaders: ["group:analysts@example.com"],
      mask: "DEFAULT_MASKING_VALUE",
    },
  });
  const granted = (type: string) => resources(json, type).map(({ member, role }) => [member, role]);

  expect(only(json, "google_bigquery_datapolicy_data_policy").data_masking_policy).toEqual({
    predefined_expression: "DEFAULT_MASKING_VALUE",
  });
  const views = resources(json, "google_bigquery_table").filter(({ table_id, view }) => view !== undefined && table_id !== "zones");
  expect(views.every(({ view }) => view.query.includes("date '2024-02-01'"))).toBe(true);
  const onDatasets = granted("google_bigquery_dataset_iam_member");
  expect(onDatasets.filter(([member]) => member === "group:partners@example.com")).toHaveLength(2);
  expect(onDatasets).toContainEqual(["group:analysts@example.com", "roles/bigquery.dataEditor"]);
  expect(granted("google_data_catalog_policy_tag_iam_member")).toContainEqual([
    "group:auditors@example.com",
    "roles/datacatalog.categoryFineGrainedReader",
  ]);
  expect(granted("google_bigquery_datapolicy_data_policy_iam_member")).toEqual([
    ["group:analysts@example.com", "roles/bigquerydatapolicy.maskedReader"],
  ]);
  expect(
    resources(json, "google_bigquery_dataset").find(({ dataset_id }) => dataset_id === "trips_scratch").default_table_expiration_ms,
  ).toBe(259_200_000);
});

test("dbt and the quality scans read protected columns", () => {
  const json = synth({});
  const members = resources(json, "google_data_catalog_policy_tag_iam_member").map(({ member }) => member);

  expect(members).toHaveLength(2);
  expect(members).toContainEqual(expect.stringMatching(/google_service_account\.transform_/));
  expect(members).toContain("serviceAccount:service-123456789012@gcp-sa-dataplex.iam.gserviceaccount.com");
});

test("a row policy: its members see its rows, all that work on the dataset see every row", () => {
  const json = synth({
    rowPolicies: [{ table: "yellow_trips", name: "jfk", filter: "pickup_zone_id = 132", members: ["group:jfk@example.com"] }],
  });
  const policies = Object.fromEntries(resources(json, "google_bigquery_row_access_policy").map((policy) => [policy.policy_id, policy]));

  expect(policies.jfk).toMatchObject({ filter_predicate: "pickup_zone_id = 132", grantees: ["group:jfk@example.com"] });
  expect(policies.all_rows.filter_predicate).toBe("TRUE");
  const granted = resources(json, "google_bigquery_dataset_access").flatMap(({ iam_member }) => iam_member ?? []);
  expect(new Set(policies.all_rows.grantees)).toEqual(new Set(granted));
  expect(policies.all_rows.grantees).toHaveLength(3);
  expect(only(json, "google_bigquery_table_iam_member").member).toBe("group:jfk@example.com");
});

test("tables without months are partitioned as configured", () => {
  const json = synth({
    tables: {
      zones: { rangePartitioning: { column: "zone_id", start: 1, end: 301, interval: 50 } },
      load_receipts: { arrivalPartitioning: "MONTH" },
    },
  });

  expect(landed(json, "zones").range_partitioning).toEqual({ field: "zone_id", range: { start: 1, end: 301, interval: 50 } });
  expect(landed(json, "load_receipts").time_partitioning).toEqual({ type: "MONTH" });
});

test.each([
  ["a shared table that isn't landed", { shared: { tables: ["trips"] } }, /no landed table "trips" to share; there are zones/],
  ["a summary of a table without months", { shared: { monthSummaries: ["zones"] } }, /"zones" has no months/],
  [
    "partitioning of a table that isn't landed",
    { tables: { zone: { arrivalPartitioning: "DAY" } } },
    /no landed table "zone" to be partitioned/,
  ],
  [
    "another partitioning of trips",
    { tables: { yellow_trips: { arrivalPartitioning: "DAY" } } },
    /by the month of file_month, since ingest/,
  ],
  [
    "two policies of one name",
    { rowPolicies: ["a", "b"].map((filter) => ({ table: "zones", name: "n", filter, members: ["group:a@example.com"] })) },
    /whose names differ/,
  ],
  [
    "ranges that end before they start",
    { tables: { zones: { rangePartitioning: { column: "zone_id", start: 5, end: 5, interval: 1 } } } },
    /more than start/,
  ],
])("%s is refused", (_what, warehouse, message) => {
  expect(() => synth(warehouse)).toThrow(message);
});
