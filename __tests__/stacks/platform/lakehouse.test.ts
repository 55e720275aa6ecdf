import { Testing } from "cdktf";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadConfigurations } from "../../../config/load";
import { PlatformStack } from "../../../stacks/platform-stack";
import { resources } from "../../constructs/synth";

/** The dev stack of a configuration whose warehouse is as given. */
function synth(warehouse: object): any {
  const folder = mkdtempSync(join(tmpdir(), "lakehouse-"));
  try {
    for (const name of ["dev", "prod"]) {
      writeFileSync(join(folder, `${name}.yaml`), JSON.stringify({ project: { id: `acme-${name}`, number: "123456789012" }, warehouse }));
    }
    const [configuration] = loadConfigurations({ folder, root: folder, variables: {} });
    return JSON.parse(Testing.synth(new PlatformStack(Testing.app(), "dev", configuration!), false));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
const names = (json: any, type: string, name: string): string[] =>
  resources(json, type)
    .map((one) => one[name])
    .sort();
const apis = (json: any) => names(json, "google_project_service", "service");
const external = (json: any) => resources(json, "google_bigquery_table").filter((table) => table.external_data_configuration);

test("by default the lake goes through a connection, each trip table has a scan, and job costs are kept", () => {
  const json = synth({});

  expect(names(json, "google_bigquery_connection", "connection_id")).toEqual(["trips-lake"]);
  for (const table of external(json)) expect(table.external_data_configuration.connection_id).toBeDefined();
  expect(resources(json, "google_dataplex_datascan")).toHaveLength(4);
  expect(names(json, "google_bigquery_data_transfer_config", "display_name")).toEqual(["Job costs per day"]);
  expect(names(json, "google_service_account", "account_id")).toContain("trips-operations");
  expect(names(json, "google_bigquery_dataset", "dataset_id")).toContain("trips_operations");
  expect(apis(json)).toEqual(
    expect.arrayContaining(["bigqueryconnection.googleapis.com", "bigquerydatatransfer.googleapis.com", "dataplex.googleapis.com"]),
  );
});

test("switched off, nothing of it is there, and no API of it", () => {
  const json = synth({ lakehouse: { bigLake: false }, quality: { enabled: false }, scheduledQueries: { jobCosts: false } });

  for (const type of ["google_bigquery_connection", "google_dataplex_datascan", "google_bigquery_data_transfer_config"]) {
    expect(resources(json, type)).toEqual([]);
  }
  for (const table of external(json)) expect(table.external_data_configuration.connection_id).toBeUndefined();
  expect(names(json, "google_bigquery_dataset", "dataset_id")).not.toContain("trips_operations");
  expect(names(json, "google_service_account", "account_id")).not.toContain("trips-operations");
  for (const api of apis(json)) expect(api).not.toMatch(/bigqueryconnection|bigquerydatatransfer|dataplex/);
});

test("the external tables keep their ids with and without the connection", () => {
  const ids = (bigLake: boolean) => {
    const tables = Object.entries<any>(synth({ lakehouse: { bigLake } }).resource.google_bigquery_table);
    return tables.filter(([, table]) => table.external_data_configuration).map(([id, table]) => [id, table.table_id]);
  };

  expect(ids(true)).toEqual(ids(false));
});

test("Iceberg tables of all trips, with a bucket of their own, written by whom the configuration names", () => {
  const json = synth({ lakehouse: { iceberg: true, icebergWriters: ["group:engineers@example.com"] } });
  const iceberg = resources(json, "google_bigquery_table").filter((table) => table.biglake_configuration);

  expect(iceberg.map((table) => table.table_id).sort()).toEqual(["fhv_trips", "fhvhv_trips", "green_trips", "yellow_trips"]);
  expect(names(json, "google_storage_bucket", "name")).toContain("acme-dev-lake-iceberg");
  expect(resources(json, "google_bigquery_dataset_iam_member")).toContainEqual(
    expect.objectContaining({ role: "roles/bigquery.dataEditor", member: "group:engineers@example.com" }),
  );
});

test("copies of all landed trips by the clock, also without the books on costs and quality", () => {
  const json = synth({
    lakehouse: { iceberg: true, icebergSchedule: "every sun 04:00" },
    quality: { enabled: false },
    scheduledQueries: { jobCosts: false },
  });

  expect(names(json, "google_bigquery_data_transfer_config", "display_name")).toEqual([
    "Iceberg copy of fhv_trips",
    "Iceberg copy of fhvhv_trips",
    "Iceberg copy of green_trips",
    "Iceberg copy of yellow_trips",
  ]);
  expect(names(json, "google_bigquery_dataset", "dataset_id")).not.toContain("trips_operations");
  expect(apis(json)).toContain("bigquerydatatransfer.googleapis.com");
});

test("what is configured reaches scans, query and cache", () => {
  const json = synth({
    lakehouse: { metadataCacheMinutes: 60 },
    quality: { schedule: "TZ=Europe/Brussels 30 5 * * *", warnThreshold: 0.8, months: 2 },
    scheduledQueries: { schedule: "every mon 06:00", notificationTopic: "projects/acme-dev/topics/done" },
  });

  for (const table of external(json)) expect(table.max_staleness).toBe("0-0 0 1:0:0");
  const [scan] = resources(json, "google_dataplex_datascan");
  expect(scan.execution_spec.trigger.schedule.cron).toBe("TZ=Europe/Brussels 30 5 * * *");
  expect(scan.data_quality_spec.row_filter).toContain("INTERVAL 2 MONTH");
  expect(scan.data_quality_spec.rules.map(({ threshold }: any) => threshold)).toContain(0.8);
  expect(resources(json, "google_bigquery_data_transfer_config")[0]).toMatchObject({
    schedule: "every mon 06:00",
    notification_pubsub_topic: "projects/acme-dev/topics/done",
  });
});
