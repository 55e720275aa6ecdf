import * as path from "node:path";
import { temporaryFolder } from "../temporary-folder";
import { TerraformCore } from "../terraform-core";

const DATASET = "google_bigquery_dataset";
const TABLE = "google_bigquery_table";
const folder = temporaryFolder();
let count = 0;
const newCore = () => new TerraformCore("google", path.join(folder, String(count++)), { project: "acme-dev" });

const landed = { dataset_id: "trips_landed", location: "europe-west1", labels: { env: "dev" } };
const column = (name: string, type: string, mode?: string, description?: string) => ({ name, type, mode, description });
const tripId = column("trip_id", "STRING", "REQUIRED");
const fileMonth = column("file_month", "DATE");
const yellow = {
  dataset_id: "trips_landed",
  table_id: "yellow_trips",
  schema: JSON.stringify([tripId, fileMonth]),
  time_partitioning: [{ type: "MONTH", field: "file_month" }],
  require_partition_filter: true,
  clustering: ["trip_id"],
  deletion_protection: false,
};
const withColumns = (...columns: object[]) => ({ ...yellow, schema: JSON.stringify(columns) });
const external = {
  dataset_id: "trips_lake",
  table_id: "yellow_trips",
  deletion_protection: false,
  external_data_configuration: [
    {
      autodetect: true,
      source_format: "PARQUET",
      source_uris: ["gs://acme-dev-lake-clean/yellow/*"],
      hive_partitioning_options: [{ mode: "CUSTOM", source_uri_prefix: "gs://acme-dev-lake-clean/yellow/{month:STRING}" }],
    },
  ],
};

describe("google_bigquery_dataset", () => {
  test("is created with its defaults, and planned again without a change", () => {
    expect(newCore().create(DATASET, landed)).toMatchObject({
      id: "projects/acme-dev/datasets/trips_landed",
      project: "acme-dev",
      location: "europe-west1",
      delete_contents_on_destroy: false,
      max_time_travel_hours: "168",
      effective_labels: { env: "dev", "goog-terraform-provisioned": "true" },
    });
  });

  test("a description changes it in place, its id and location replace it", () => {
    const core = newCore();
    const state = core.create(DATASET, landed);

    const described = core.apply(DATASET, { ...landed, description: "Trips as received" }, state);
    expect(described.description).toBe("Trips as received");
    expect(described.etag).not.toBe(state.etag);
    expect(core.plan(DATASET, { ...landed, dataset_id: "other" }, state)).toMatchObject({ action: "replace", replacedBy: ["dataset_id"] });
    expect(core.plan(DATASET, { ...landed, location: "US" }, state)).toMatchObject({ action: "replace", replacedBy: ["location"] });
    expect(core.plan(DATASET, { ...landed, location: "EUROPE-WEST1" }, state).action).toBe("nothing");
  });

  test("with tables it goes only when its contents may be deleted, and they with it", () => {
    const core = newCore();
    const dataset = core.create(DATASET, landed);
    const table = core.create(TABLE, yellow);
    const elsewhere = core.create(TABLE, { ...yellow, dataset_id: "trips_marts" });

    expect(core.destroy(DATASET, dataset)).toMatch(
      /acme-dev:trips_landed holds tables \(yellow_trips .* delete_contents_on_destroy = true/,
    );
    expect(core.destroy(DATASET, { ...dataset, delete_contents_on_destroy: true })).toBeUndefined();
    expect(core.read(TABLE, table)).toBeNull();
    expect(core.read(TABLE, elsewhere)).toEqual(elsewhere);
  });

  test("a table that would live less than an hour is refused", () => {
    expect(newCore().complaints(DATASET, { ...landed, default_table_expiration_ms: 1000 })).toEqual([
      expect.stringMatching(/at least 3,600,000/),
    ]);
  });

  test("a default key and default expirations change in place", () => {
    const core = newCore();
    const state = core.create(DATASET, landed);
    const changed = {
      ...landed,
      default_table_expiration_ms: 604_800_000,
      default_encryption_configuration: [{ kms_key_name: "projects/p/locations/l/keyRings/r/cryptoKeys/k" }],
    };

    expect(core.plan(DATASET, changed, state).action).toBe("update");
    expect(core.plan(DATASET, changed, core.apply(DATASET, changed, state)).action).toBe("nothing");
  });

  test("an id with dashes is refused", () => {
    expect(newCore().complaints(DATASET, { ...landed, dataset_id: "trips-landed" })).toEqual([
      expect.stringMatching(/letters, digits and underscores/),
    ]);
  });
});

describe("google_bigquery_table", () => {
  test("a partitioned table is created in its dataset's location, and planned again without a change", () => {
    const core = newCore();
    core.create(DATASET, landed);

    expect(core.create(TABLE, yellow)).toMatchObject({
      id: "projects/acme-dev/datasets/trips_landed/tables/yellow_trips",
      type: "TABLE",
      location: "europe-west1",
      time_partitioning: [{ type: "MONTH", field: "file_month", expiration_ms: 0 }],
      clustering: ["trip_id"],
    });
  });

  test("an external table over hive-partitioned Parquet", () => {
    const core = newCore();
    const state = core.create(TABLE, external);

    expect(state).toMatchObject({
      type: "EXTERNAL",
      external_data_configuration: [{ ...external.external_data_configuration[0], compression: "NONE" }],
    });
    const [configuration] = external.external_data_configuration;
    const moved = { ...external, external_data_configuration: [{ ...configuration, source_uris: ["gs://other/*"] }] };
    expect(core.plan(TABLE, moved, state).action).toBe("update");
  });

  test("a view and its query", () => {
    const view = { dataset_id: "d", table_id: "v", deletion_protection: false, view: [{ query: "select 1", use_legacy_sql: false }] };
    const core = newCore();
    const state = core.create(TABLE, view);

    expect(state).toMatchObject({ type: "VIEW", view: [{ use_legacy_sql: false }] });
    expect(core.plan(TABLE, { ...view, view: [{ query: "select 2", use_legacy_sql: false }] }, state).action).toBe("update");
  });

  test("a materialised view: its query replaces it, how often it is refreshed doesn't", () => {
    const kept = (query: string, refresh_interval_ms = 1_800_000) => ({
      dataset_id: "d",
      table_id: "v",
      deletion_protection: false,
      time_partitioning: [{ type: "MONTH", field: "file_month" }],
      materialized_view: [{ query, refresh_interval_ms }],
    });
    const core = newCore();
    const state = core.create(TABLE, kept("select 1"));

    expect(state).toMatchObject({ type: "MATERIALIZED_VIEW", materialized_view: [{ enable_refresh: true }] });
    expect(core.plan(TABLE, kept("select 1", 60_000), state).action).toBe("update");
    expect(core.plan(TABLE, kept("select 2"), state)).toMatchObject({ action: "replace", replacedBy: ["materialized_view.query"] });
  });

  test("ranges may change, their column replaces the table", () => {
    const ranges = (field: string, end: number) => ({
      ...withColumns(column("zone_id", "INTEGER"), column("other", "INTEGER")),
      time_partitioning: [],
      require_partition_filter: false,
      range_partitioning: [{ field, range: [{ start: 1, end, interval: 50 }] }],
      clustering: null,
    });
    const core = newCore();
    const state = core.create(TABLE, ranges("zone_id", 301));

    expect(core.plan(TABLE, ranges("zone_id", 401), state).action).toBe("update");
    expect(core.plan(TABLE, ranges("other", 301), state)).toMatchObject({ action: "replace", replacedBy: ["range_partitioning.field"] });
  });

  test("keys come and go in place", () => {
    const keyed = (column: string) => ({
      ...yellow,
      table_constraints: [
        {
          primary_key: [{ columns: ["trip_id"] }],
          foreign_keys: [
            {
              name: "key",
              referenced_table: [{ project_id: "acme-dev", dataset_id: "trips_landed", table_id: "months" }],
              column_references: [{ referencing_column: column, referenced_column: "month" }],
            },
          ],
        },
      ],
    });
    const core = newCore();
    const state = core.create(TABLE, keyed("file_month"));

    expect(core.plan(TABLE, yellow, state).action).toBe("update");
    expect(core.complaints(TABLE, keyed("file_month"))).toEqual([]);
    expect(core.complaints(TABLE, keyed("zone"))).toEqual([expect.stringMatching(/"zone" isn't one of the table's/)]);
  });

  test("a policy tag is put on a column in place, an empty one is none", () => {
    const tagged = (...names: string[]) => withColumns({ ...tripId, policyTags: { names } }, fileMonth);
    const core = newCore();
    const state = core.create(TABLE, yellow);

    expect(core.plan(TABLE, tagged(), state).action).toBe("nothing");
    expect(core.plan(TABLE, tagged("projects/p/locations/l/taxonomies/1/policyTags/2"), state).action).toBe("update");
  });

  test("another key of encryption is taken over in place, a first one replaces the table", () => {
    const encrypted = (kms_key_name: string) => ({ ...yellow, encryption_configuration: [{ kms_key_name }] });
    const core = newCore();

    expect(core.plan(TABLE, encrypted("b"), core.create(TABLE, encrypted("a"))).action).toBe("update");
    expect(core.plan(TABLE, encrypted("a"), core.create(TABLE, yellow))).toMatchObject({ replacedBy: ["encryption_configuration"] });
  });

  test.each([
    ["an added nullable column", withColumns(tripId, fileMonth, column("vendor_id", "INT64"))],
    ["a dropped column", withColumns(tripId)],
    ["a required column made nullable", withColumns(column("trip_id", "STRING"), fileMonth)],
    ["a description", withColumns(tripId, column("file_month", "DATE", undefined, "Month of the file"))],
    ["clustering", { ...yellow, clustering: ["file_month"] }],
  ])("changes in place: %s", (_what, changed) => {
    const core = newCore();
    const state = core.create(TABLE, yellow);

    expect(core.plan(TABLE, changed, state).action).toBe("update");
    expect(core.plan(TABLE, changed, core.apply(TABLE, changed, state)).action).toBe("nothing");
  });

  test.each([
    ["another type", withColumns(tripId, column("file_month", "TIMESTAMP")), "schema"],
    ["an added required column", withColumns(tripId, fileMonth, column("vendor_id", "INT64", "REQUIRED")), "schema"],
    ["a nullable column made required", withColumns(tripId, column("file_month", "DATE", "REQUIRED")), "schema"],
    ["a renamed column", withColumns(tripId, column("month", "DATE")), "schema"],
    ["another partition column", { ...yellow, time_partitioning: [{ type: "MONTH", field: "other" }] }, "time_partitioning.field"],
    ["another dataset", { ...yellow, dataset_id: "trips_marts" }, "dataset_id"],
  ])("is replaced by %s", (_what, changed, by) => {
    const core = newCore();
    const state = core.create(TABLE, yellow);

    expect(core.plan(TABLE, changed, state)).toMatchObject({ action: "replace", replacedBy: [by] });
  });

  test.each([
    ["the order of columns", withColumns(fileMonth, tripId)],
    ["NULLABLE said outright", withColumns(tripId, column("file_month", "DATE", "NULLABLE"))],
    ["white space", { ...yellow, schema: JSON.stringify([tripId, fileMonth], null, 2) }],
  ])("doesn't change by %s", (_what, changed) => {
    const core = newCore();
    const state = core.create(TABLE, yellow);

    expect(core.plan(TABLE, changed, state).action).toBe("nothing");
  });

  test("the older name of a type is the same type", () => {
    const core = newCore();
    const state = core.create(TABLE, withColumns(column("n", "INT64")));

    expect(core.plan(TABLE, withColumns(column("n", "INTEGER")), state).action).toBe("nothing");
    expect(core.plan(TABLE, withColumns(column("n", "FLOAT64")), state).action).toBe("replace");
  });

  test("drift is read and healed", () => {
    const core = newCore();
    const state = core.create(TABLE, yellow);
    core.catalog.put(TABLE, { ...core.catalog.get(TABLE, String(state.id))!, require_partition_filter: false } as { id: string });

    const drifted = core.read(TABLE, state);
    expect(drifted).toMatchObject({ require_partition_filter: false });
    expect(core.plan(TABLE, yellow, drifted)).toMatchObject({ action: "update", state: { require_partition_filter: true } });
  });

  test("is protected unless told otherwise", () => {
    const core = newCore();
    const state = core.create(TABLE, { ...yellow, deletion_protection: null });

    expect(state.deletion_protection).toBe(true);
    expect(core.destroy(TABLE, state)).toMatch(/trips_landed\.yellow_trips is protected: set deletion_protection = false/);
    expect(core.destroy(TABLE, core.apply(TABLE, yellow, state))).toBeUndefined();
    expect(core.read(TABLE, state)).toBeNull();
  });

  test.each([
    ["a schema that isn't JSON", { ...yellow, schema: "[" }, /Invalid schema: .*isn't JSON/],
    ["a column without a type", { ...yellow, schema: '[{"name": "a"}]' }, /column 1 of the schema \("a"\) must have a "type"/],
    [
      "a record's column without a name",
      { ...yellow, schema: '[{"name": "a", "type": "RECORD", "fields": [{}]}]' },
      /column 1 of "a" must have a "name"/,
    ],
    [
      "months and ranges at once",
      { ...yellow, range_partitioning: [{ field: "n", range: [{ start: 0, end: 1, interval: 1 }] }] },
      /by time or by ranges, not by both/,
    ],
    [
      "ranges that hold nothing",
      {
        ...yellow,
        time_partitioning: [],
        require_partition_filter: false,
        range_partitioning: [{ field: "n", range: [{ start: 5, end: 5, interval: 1 }] }],
      },
      /hold nothing/,
    ],
    ["a filter on partitions that aren't", { ...yellow, time_partitioning: [] }, /without partitions can't require a filter/],
    ["five clustering columns", { ...yellow, clustering: ["a", "b", "c", "d", "e"] }, /4 at most/],
    [
      "a Parquet table with a schema",
      { ...external, external_data_configuration: [{ ...external.external_data_configuration[0], schema: "[]" }] },
      /takes its schema from the files/,
    ],
  ])("refuses %s", (_what, config, complaint) => {
    expect(newCore().complaints(TABLE, config)).toEqual([expect.stringMatching(complaint)]);
  });
});
