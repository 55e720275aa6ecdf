import { Lake } from "../../../constructs/lake/lake";
import { Warehouse } from "../../../constructs/warehouse/warehouse";
import { landedTables } from "../../../contracts/tables";
import { dev, only, prod, resources, synth } from "../synth";
import { emptyParquetFolder } from "./empty-parquet-folder";

const deploy = (environment: typeof dev, then: (warehouse: Warehouse) => void = () => undefined) =>
  synth((stack) => {
    const lake = new Lake(stack, "lake", { environment });
    then(
      new Warehouse(stack, "warehouse", {
        environment,
        landedTables,
        cleanBucket: lake.clean,
        emptyParquetFolder,
        destroyTables: true,
      }),
    );
  });
/** Relative to the stack's folder: another path replaces the object. */
const AT_ANY_CHECKOUT = /^assets\/warehouse_lake-yellow_trips_empty-parquet_\w+\/file\/yellow_trips\.parquet$/;
const table = (json: any, id: string, external = false) =>
  resources(json, "google_bigquery_table").find(
    (one) => one.table_id === id && (one.external_data_configuration !== undefined) === external,
  );

describe("Warehouse", () => {
  test("a dataset per layer, in the environment's location", () => {
    const datasets = resources(deploy(dev), "google_bigquery_dataset");

    expect(datasets.map((dataset) => dataset.dataset_id).sort()).toEqual(["trips_lake", "trips_landed", "trips_marts", "trips_staging"]);
    expect(datasets.every((dataset) => dataset.location === "europe-west1" && dataset.labels.environment === "dev")).toBe(true);
  });

  test("trips are landed by file month, clustered, and read only with a filter on the month", () => {
    const yellow = table(deploy(dev), "yellow_trips");

    expect(yellow).toMatchObject({
      time_partitioning: { type: "MONTH", field: "file_month" },
      require_partition_filter: true,
      clustering: ["pickup_zone_id", "payment_type"],
    });
    expect(JSON.parse(yellow.schema)).toContainEqual({
      name: "total_amount",
      type: "NUMERIC",
      mode: "NULLABLE",
      description: "Total charged to the passenger without cash tips, US dollars.",
      precision: "12",
      scale: "2",
    });
  });

  test("zones have no months: neither partition nor filter", () => {
    const zones = table(deploy(dev), "zones");

    expect(zones.time_partitioning).toBeUndefined();
    expect(zones.require_partition_filter).toBeUndefined();
  });

  test("the external table reads a service's clean files by month, once an object without rows lies there", () => {
    const json = deploy(dev);
    const [id, placeholder] = Object.entries<any>(json.resource.google_storage_bucket_object).find(([, object]) =>
      object.name.startsWith("yellow/"),
    )!;

    expect(placeholder).toMatchObject({ name: "yellow/month=0000-00/empty.parquet", source: expect.stringMatching(AT_ANY_CHECKOUT) });
    const external = table(json, "yellow_trips", true);
    expect(external.depends_on).toEqual([`google_storage_bucket_object.${id}`]);
    expect(external.external_data_configuration.source_uris[0]).toMatch(
      /^gs:\/\/\$\{google_storage_bucket\.lake_clean_bucket_\w+\.name\}\/yellow\/\*$/,
    );
    expect(external.external_data_configuration.hive_partitioning_options.source_uri_prefix).toMatch(/\/yellow\/\{month:STRING\}$/);
    // The API disallows a schema for Parquet.
    expect(external.external_data_configuration.schema).toBeUndefined();
    expect(table(json, "zones", true)).toBeUndefined();
  });

  test("rows and tables survive a destroy where the environment forbids it", () => {
    const keys = (environment: typeof dev) => {
      const json = deploy(environment);
      return [table(json, "yellow_trips").deletion_protection, resources(json, "google_bigquery_dataset")[0].delete_contents_on_destroy];
    };

    expect(keys(dev)).toEqual([false, true]);
    expect(keys(prod)).toEqual([true, false]);
  });

  test("grants are additive members on one dataset", () => {
    const json = deploy(dev, (warehouse) => {
      warehouse.marts.grantRead({ id: "analysts", member: "group:analysts@example.com" });
      warehouse.staging.grantWrite({ id: "transform", member: "serviceAccount:t@acme-dev.iam.gserviceaccount.com" });
    });

    expect(resources(json, "google_bigquery_dataset_iam_member").map(({ role, member }) => [role, member])).toEqual([
      ["roles/bigquery.dataViewer", "group:analysts@example.com"],
      ["roles/bigquery.dataEditor", "serviceAccount:t@acme-dev.iam.gserviceaccount.com"],
    ]);
    expect(Object.keys(json.resource)).not.toContain("google_bigquery_dataset_access");
  });

  test("grants on landed are entries of its access list, since an IAM member would take the views' authorisations away", () => {
    const json = deploy(dev, (warehouse) => {
      warehouse.landed.grantRead({ id: "transform", member: "serviceAccount:t@acme-dev.iam.gserviceaccount.com" });
    });

    expect(only(json, "google_bigquery_dataset_access")).toMatchObject({
      role: "roles/bigquery.dataViewer",
      iam_member: "serviceAccount:t@acme-dev.iam.gserviceaccount.com",
    });
    expect(Object.keys(json.resource)).not.toContain("google_bigquery_dataset_iam_member");
  });

  test("trips say what they are identified by, and that their zones are zones", () => {
    const json = deploy(dev);
    const { table_constraints: keys } = table(json, "yellow_trips");

    expect(keys.primary_key).toEqual({ columns: ["trip_id"] });
    expect(keys.foreign_keys.map((key: any) => [key.name, key.column_references.referenced_column])).toEqual([
      ["pickup_zone_id_in_zones", "zone_id"],
      ["dropoff_zone_id_in_zones", "zone_id"],
    ]);
    // The zones' table, which must be there with its primary key first, is referred to, not named.
    expect(keys.foreign_keys[0].referenced_table.table_id).toMatch(/^\$\{google_bigquery_table\.warehouse_landed-zones/);
    expect(table(json, "zones").table_constraints).toEqual({ primary_key: { columns: ["zone_id"] } });
    expect(table(json, "load_receipts").table_constraints).toBeUndefined();
  });
});
