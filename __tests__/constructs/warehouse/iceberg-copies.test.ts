import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { Lake } from "../../../constructs/lake/lake";
import { WorkloadIdentity } from "../../../constructs/identity/workload-identity";
import { Dataset } from "../../../constructs/warehouse/dataset";
import { IcebergCopies } from "../../../constructs/warehouse/iceberg-copies";
import { icebergCopyQuery } from "../../../constructs/warehouse/iceberg-copy-query";
import { IcebergTables } from "../../../constructs/warehouse/iceberg-tables";
import { PolicyTags } from "../../../constructs/warehouse/policy-tags";
import { ScheduledQueries } from "../../../constructs/warehouse/scheduled-queries";
import { Warehouse } from "../../../constructs/warehouse/warehouse";
import { allColumns, type Table } from "../../../contracts/model/table";
import { fhvhvTrips, landedTables, yellowTrips, zones } from "../../../contracts/tables";
import { dev, only, resources, synth } from "../synth";
import { emptyParquetFolder } from "./empty-parquet-folder";

const deploy = (contracts: readonly Table[] = [fhvhvTrips]) =>
  synth((stack) => {
    const policyTags = new PolicyTags(stack, "tags", { environment: dev });
    const { clean: cleanBucket } = new Lake(stack, "lake", { environment: dev });
    const shared = { environment: dev, policyTags };
    const warehouse = new Warehouse(stack, "warehouse", { ...shared, landedTables, cleanBucket, emptyParquetFolder });
    const dataset = new Dataset(stack, "dataset", { environment: dev, datasetId: "trips_iceberg", description: "Iceberg." });
    const tables = new IcebergTables(stack, "iceberg", { ...shared, dataset, contracts: [fhvhvTrips] });
    const identity = new WorkloadIdentity(stack, "identity", { environment: dev, workload: "operations", description: "Copies." });
    const queries = new ScheduledQueries(stack, "queries", { environment: dev, identity });
    new IcebergCopies(stack, "copies", { environment: dev, contracts, warehouse, tables, queries, schedule: "every sun 04:00" });
  });

describe("IcebergCopies", () => {
  test("a query by the clock makes the Iceberg table a copy of the landed one", () => {
    const { schedule, params } = only(deploy(), "google_bigquery_data_transfer_config");

    expect(schedule).toBe("every sun 04:00");
    expect(params.query).toMatch(
      /MERGE INTO `acme-dev\.\$\{google_bigquery_table\.iceberg_fhvhv_trips_\w+\.dataset_id\}\.\$\{.+table_id\}` AS kept/,
    );
    expect(params.query).toMatch(/FROM `acme-dev\.\$\{google_bigquery_table\.warehouse_landed-fhvhv_trips_table_\w+\.dataset_id\}/);
    expect(params.query).toContain("WHERE file_month >= DATE '1900-01-01'");
  });

  test("the queries' account may read every landed column, and write the copies; the query waits for it all", () => {
    const json = deploy();
    const waitedFor = JSON.stringify(json.resource.terraform_data);

    for (const type of [
      "google_bigquery_dataset_access",
      "google_bigquery_dataset_iam_member",
      "google_bigquery_connection_iam_member",
      "google_data_catalog_policy_tag_iam_member",
    ]) {
      const grants = resources(json, type).filter(({ member, iam_member }) => /identity_account/.test(member ?? iam_member));
      expect({ type, grants: grants.length }).toEqual({ type, grants: 1 });
      expect(waitedFor).toContain(`${type}.`);
    }
  });

  test("a protected column is protected in the copy, too", () => {
    const copy = resources(deploy(), "google_bigquery_table").find((table) => table.biglake_configuration);

    expect(JSON.parse(copy.schema).find(({ name }: any) => name === "driver_pay").policyTags).toBeDefined();
  });

  test("a contract without an Iceberg table is refused", () => {
    expect(() => deploy([yellowTrips])).toThrow(/"yellow_trips" can't be copied: it has no Iceberg table/);
  });
});

describe("what the query does", () => {
  let connection: DuckDBConnection;
  beforeEach(async () => {
    connection = await (await DuckDBInstance.create(":memory:")).connect();
    for (const name of ["landed", "copy"]) await connection.run(`CREATE TABLE ${name} (${columns})`);
  });
  afterEach(() => {
    connection.closeSync();
  });

  const columns = allColumns(yellowTrips)
    .map(({ name }) => `${name} ${name === "file_month" ? "DATE" : "VARCHAR"}`)
    .join(", ");
  const land = (trip: string, load: string, fare: string) =>
    connection.run(
      `INSERT INTO landed (trip_id, _load_id, fare_amount, file_month) VALUES ('${trip}', '${load}', '${fare}', '2024-01-01')`,
    );
  const rows = async (table: string) =>
    (await connection.runAndReadAll(`SELECT trip_id, _load_id, fare_amount FROM ${table} ORDER BY ALL`)).getRowsJson();
  const copy = () => connection.run(icebergCopyQuery(yellowTrips, "copy", "landed"));

  test("new rows come, those loaded again are replaced, those gone go; any number of times", async () => {
    await land("a", "load1", "1");
    await land("b", "load1", "2");
    await copy();
    expect(await rows("copy")).toEqual(await rows("landed"));

    await connection.run("DELETE FROM landed");
    await land("a", "load2", "1.5");
    await land("c", "load2", "3");
    await copy();
    await copy();

    expect(await rows("copy")).toEqual([
      ["a", "load2", "1.5"],
      ["c", "load2", "3"],
    ]);
  });

  test("a table without months has no filter on one", () => {
    expect(icebergCopyQuery(zones, "copy", "landed")).not.toContain("WHERE file_month");
  });
});
