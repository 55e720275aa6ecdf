import type { Grantee } from "../../../constructs/identity/grantee";
import { Lake } from "../../../constructs/lake/lake";
import { Dataset } from "../../../constructs/warehouse/dataset";
import { IcebergTables } from "../../../constructs/warehouse/iceberg-tables";
import { LakeConnection } from "../../../constructs/warehouse/lake-connection";
import { Warehouse } from "../../../constructs/warehouse/warehouse";
import { landedTables, yellowTrips, zones } from "../../../contracts/tables";
import { dev, only, prod, resources, synth } from "../synth";
import { emptyParquetFolder } from "./empty-parquet-folder";

const CONNECTION = /^\$\{google_bigquery_connection\.\w+\.name\}$/;
const ACCOUNT = /^serviceAccount:\$\{google_bigquery_connection\.\w+\.cloud_resource\[0\]\.service_account_id\}$/;

const waits = (json: any): string[] => Object.keys(json.resource.terraform_data ?? {}).map((id) => `terraform_data.${id}`);

describe("the lake's external tables over a connection", () => {
  const deploy = (metadataCacheMinutes?: number) =>
    synth((stack) => {
      const description = "Reads the lake.";
      new Warehouse(stack, "warehouse", {
        environment: dev,
        landedTables,
        cleanBucket: new Lake(stack, "lake", { environment: dev }).clean,
        emptyParquetFolder,
        lakeConnection: new LakeConnection(stack, "connection", { environment: dev, connectionId: "trips-lake", description }),
        metadataCacheMinutes,
      });
    });
  const lakeTables = (json: any) => resources(json, "google_bigquery_table").filter((table) => table.external_data_configuration);

  test("the connection's own account may read the clean bucket, and no other may", () => {
    const json = deploy();

    expect(only(json, "google_bigquery_connection")).toMatchObject({
      connection_id: "trips-lake",
      location: "europe-west1",
      cloud_resource: {},
    });
    expect(only(json, "google_storage_bucket_iam_member")).toMatchObject({
      role: "roles/storage.objectViewer",
      bucket: expect.stringMatching(/lake_clean_bucket/),
      member: expect.stringMatching(ACCOUNT),
    });
  });

  test("each external table goes through it, once the grant is in force, and lists the files for every query", () => {
    const json = deploy();

    expect(lakeTables(json)).toHaveLength(4);
    for (const table of lakeTables(json)) {
      expect(table.external_data_configuration.connection_id).toMatch(CONNECTION);
      expect(table.external_data_configuration.metadata_cache_mode).toBeUndefined();
      expect(table.max_staleness).toBeUndefined();
      expect(table.depends_on).toEqual(expect.arrayContaining(waits(json)));
    }
    expect(waits(json)).toHaveLength(1);
  });

  test("with a cache it may answer from what it remembers, for as long as is said", () => {
    for (const table of lakeTables(deploy(90))) {
      expect(table.external_data_configuration.metadata_cache_mode).toBe("AUTOMATIC");
      expect(table.max_staleness).toBe("0-0 0 1:30:0");
    }
  });

  test("a cache of less than half an hour is refused", () => {
    expect(() => deploy(29)).toThrow(/cache of the lake table "yellow_trips" needs a connection, and 30 to 10080 minutes; here are 29\./);
  });
});

describe("IcebergTables", () => {
  const deploy = (environment = dev, destroyRows = true, writer?: Grantee) =>
    synth((stack) => {
      const dataset = new Dataset(stack, "dataset", { environment, datasetId: "trips_iceberg", description: "Iceberg." });
      const tables = new IcebergTables(stack, "iceberg", { environment, dataset, contracts: [yellowTrips, zones], destroyRows });
      if (writer) tables.grantWrite(writer);
    });
  const tables = (json: any) => resources(json, "google_bigquery_table");

  test("BigQuery keeps each table in its own folder of a private bucket, as Parquet and Iceberg, with the contract's columns", () => {
    const [yellow, taxiZones] = tables(deploy());

    expect(yellow.biglake_configuration).toEqual({
      connection_id: expect.stringMatching(CONNECTION),
      storage_uri: expect.stringMatching(/^gs:\/\/\$\{google_storage_bucket\.\w+\.name\}\/yellow_trips\/$/),
      file_format: "PARQUET",
      table_format: "ICEBERG",
    });
    expect(yellow.clustering).toEqual(["pickup_zone_id", "payment_type"]);
    expect(JSON.parse(taxiZones.schema).map(({ name }: any) => name)).toContain("borough");
    expect(only(deploy(), "google_storage_bucket")).toMatchObject({
      name: "acme-dev-lake-iceberg",
      uniform_bucket_level_access: true,
      public_access_prevention: "enforced",
      versioning: { enabled: true },
      lifecycle_rule: [{ action: { type: "Delete" }, condition: { days_since_noncurrent_time: 7, with_state: "ARCHIVED" } }],
    });
  });

  test("the connection's account alone may write the bucket, and tables wait until it can", () => {
    const json = deploy();

    expect(
      resources(json, "google_storage_bucket_iam_member")
        .map(({ role }) => role)
        .sort(),
    ).toEqual(["roles/storage.legacyBucketReader", "roles/storage.objectUser"]);
    for (const { member } of resources(json, "google_storage_bucket_iam_member")) expect(member).toMatch(ACCOUNT);
    for (const table of tables(json)) expect(table.depends_on).toEqual(waits(json));
    expect(waits(json)).toHaveLength(1);
  });

  test("who fills the tables is granted the dataset and the connection, not the bucket", () => {
    const json = deploy(dev, true, { id: "engineers", member: "group:engineers@example.com" });

    expect(only(json, "google_bigquery_dataset_iam_member").role).toBe("roles/bigquery.dataEditor");
    expect(only(json, "google_bigquery_connection_iam_member")).toMatchObject({
      role: "roles/bigquery.connectionUser",
      member: "group:engineers@example.com",
      location: expect.stringMatching(/google_bigquery_connection/),
    });
    expect(resources(json, "google_storage_bucket_iam_member")).toHaveLength(2);
  });

  test("rows are destroyed with both keys only", () => {
    const keys = (...of: Parameters<typeof deploy>) => {
      const json = deploy(...of);
      return [tables(json)[0].deletion_protection, only(json, "google_storage_bucket").force_destroy];
    };

    expect(keys(dev)).toEqual([false, true]);
    expect(keys(dev, false)).toEqual([true, false]);
    expect(keys(prod)).toEqual([true, false]);
  });
});
