import * as path from "node:path";
import type { ValueObject } from "../../../../embedded/provider/protocol/value";
import { temporaryFolder } from "../temporary-folder";
import { TerraformCore } from "../terraform-core";

const CONNECTION = "google_bigquery_connection";
const TRANSFER = "google_bigquery_data_transfer_config";
const SCAN = "google_dataplex_datascan";
const TABLE = "google_bigquery_table";
const folder = temporaryFolder();
let count = 0;
const newCore = () => new TerraformCore("google", path.join(folder, String(count++)), { project: "acme-dev" });

describe("google_bigquery_connection", () => {
  const lake = { connection_id: "trips-lake", location: "europe-west1", cloud_resource: [{}] };

  test("is created with an account of Google's, and planned again without a change", () => {
    const state = newCore().create(CONNECTION, lake);

    expect(state).toMatchObject({
      id: "projects/acme-dev/locations/europe-west1/connections/trips-lake",
      name: "projects/acme-dev/locations/europe-west1/connections/trips-lake",
      project: "acme-dev",
    });
    expect(state.cloud_resource).toEqual([
      { service_account_id: expect.stringMatching(/^bqcx-\d+-\w{4}@gcp-sa-bigquery-condel\.iam\.gserviceaccount\.com$/) },
    ]);
  });

  test("a description changes it in place, and keeps the account; id and location replace it", () => {
    const core = newCore();
    const state = core.create(CONNECTION, lake);

    const described = core.apply(CONNECTION, { ...lake, description: "The lake" }, state);
    expect(described).toMatchObject({ description: "The lake", cloud_resource: state.cloud_resource });
    expect(core.plan(CONNECTION, { ...lake, connection_id: "other" }, state)).toMatchObject({
      action: "replace",
      replacedBy: ["connection_id"],
    });
    expect(core.plan(CONNECTION, { ...lake, location: "US" }, state)).toMatchObject({ action: "replace", replacedBy: ["location"] });
  });

  test("without an id it gets one, and keeps it", () => {
    const state = newCore().create(CONNECTION, { ...lake, connection_id: null });

    expect(state.id).toBe(`projects/acme-dev/locations/europe-west1/connections/${String(state.connection_id)}`);
    expect(state.connection_id).toMatch(/^\w{32}$/);
  });

  test.each([
    ["an id with a dot", { ...lake, connection_id: "trips.lake" }, /letters, digits, dashes and underscores/],
    ["no kind", { ...lake, cloud_resource: [] }, /Exactly one of aws, .*cloud_resource/],
    ["two kinds", { ...lake, spark: [{}] }, /Exactly one of/],
  ])("refuses %s", (_what, config, complaint) => {
    expect(newCore().complaints(CONNECTION, config)).toEqual([expect.stringMatching(complaint)]);
  });
});

describe("google_bigquery_connection_iam_member", () => {
  test("is a grant on a connection of the provider's project, and replaced with any part of it", () => {
    const core = newCore();
    const grant = { connection_id: "trips-lake", location: "europe-west1", role: "roles/bigquery.connectionUser", member: "group:a@x" };
    const state = core.create("google_bigquery_connection_iam_member", grant);

    expect(state.id).toBe("projects/acme-dev/locations/europe-west1/connections/trips-lake/roles/bigquery.connectionUser/group:a@x");
    expect(core.plan("google_bigquery_connection_iam_member", { ...grant, member: "group:b@x" }, state)).toMatchObject({
      action: "replace",
      replacedBy: ["member"],
    });
  });
});

describe("google_bigquery_data_transfer_config", () => {
  const nightly = {
    data_source_id: "scheduled_query",
    display_name: "Job costs",
    location: "europe-west1",
    schedule: "every day 03:30",
    service_account_name: "trips-operations@acme-dev.iam.gserviceaccount.com",
    destination_dataset_id: "trips_operations",
    params: { query: "SELECT 1 AS one", destination_table_name_template: "ones", write_disposition: "WRITE_TRUNCATE" },
  };

  test("is created under a number of its own, and planned again without a change", () => {
    const state = newCore().create(TRANSFER, nightly);

    expect(state.name).toMatch(/^projects\/\d+\/locations\/europe-west1\/transferConfigs\/\w{8}-\w{4}-\w{4}-\w{4}-\w{12}$/);
    expect(state.id).toBe(state.name);
    expect(newCore().create(TRANSFER, { ...nightly, location: null })).toMatchObject({ location: "US" });
  });

  test("query, schedule and account change it in place, under its name; source and location replace it", () => {
    const core = newCore();
    const state = core.create(TRANSFER, nightly);

    const changed = { ...nightly, params: { query: "SELECT 2 AS two" }, schedule: "every mon 06:00", service_account_name: "other@x" };
    expect(core.plan(TRANSFER, changed, state).action).toBe("update");
    expect(core.apply(TRANSFER, changed, state)).toMatchObject({ name: state.name, schedule: "every mon 06:00" });
    expect(core.plan(TRANSFER, { ...nightly, location: "US" }, state)).toMatchObject({ action: "replace", replacedBy: ["location"] });
    expect(core.plan(TRANSFER, { ...nightly, data_source_id: "google_cloud_storage" }, state)).toMatchObject({
      action: "replace",
      replacedBy: ["data_source_id"],
    });
  });

  test.each([
    ["no query", { ...nightly, params: { write_disposition: "WRITE_APPEND" } }, /must have "query"/],
    ["a table without its dataset", { ...nightly, destination_dataset_id: null }, /needs the dataset that holds it/],
    ["an unknown disposition", { ...nightly, params: { query: "SELECT 1", write_disposition: "APPEND" } }, /"APPEND" must be WRITE_APPEND/],
  ])("refuses a scheduled query with %s", (_what, config, complaint) => {
    expect(newCore().complaints(TRANSFER, config)).toEqual([expect.stringMatching(complaint)]);
  });
});

describe("google_dataplex_datascan", () => {
  const rule = { dimension: "VALIDITY", name: "fare", column: "fare", range_expectation: [{ min_value: "0" }] };
  const withRules = (...rules: ValueObject[]): ValueObject => ({
    data_scan_id: "trips-yellow-quality",
    location: "europe-west1",
    data: [{ resource: "//bigquery.googleapis.com/projects/acme-dev/datasets/trips_landed/tables/yellow_trips" }],
    execution_spec: [{ trigger: [{ on_demand: [{}] }] }],
    data_quality_spec: [{ rules }],
    labels: { env: "dev" },
  });
  const scan = withRules(rule);

  test("is created with its defaults and without Terraform's label, and planned again without a change", () => {
    expect(newCore().create(SCAN, scan)).toMatchObject({
      id: "projects/acme-dev/locations/europe-west1/dataScans/trips-yellow-quality",
      type: "DATA_QUALITY",
      effective_labels: { env: "dev" },
      terraform_labels: { env: "dev" },
      data_quality_spec: [
        { rules: [{ suspended: false, range_expectation: [{ strict_min_enabled: false, strict_max_enabled: false, max_value: null }] }] },
      ],
    });
  });

  test("rules and schedule change it in place; the table it scans replaces it", () => {
    const core = newCore();
    const state = core.create(SCAN, scan);

    const nightly = {
      ...withRules(rule, { dimension: "COMPLETENESS", column: "id", non_null_expectation: [{}] }),
      execution_spec: [{ trigger: [{ schedule: [{ cron: "30 5 * * *" }] }] }],
    };
    expect(core.plan(SCAN, nightly, state).action).toBe("update");
    expect(core.plan(SCAN, nightly, core.apply(SCAN, nightly, state)).action).toBe("nothing");
    const elsewhere = { ...scan, data: [{ resource: "//bigquery.googleapis.com/projects/acme-dev/datasets/d/tables/t" }] };
    expect(core.plan(SCAN, elsewhere, state)).toMatchObject({ action: "replace", replacedBy: ["data"] });
  });

  test.each([
    ["an id with an underscore", { ...scan, data_scan_id: "trips_yellow" }, /"trips_yellow" must be a-z, 0-9 and hyphens/],
    ["no spec", { ...scan, data_quality_spec: [] }, /exactly one of data_quality_spec/],
    [
      "two triggers",
      { ...scan, execution_spec: [{ trigger: [{ on_demand: [{}], schedule: [{ cron: "* * * * *" }] }] }] },
      /exactly one of on_demand/,
    ],
    ["no source", { ...scan, data: [{}] }, /Exactly one of entity, resource/],
    ["a rule's name with an underscore", withRules({ ...rule, name: "the_fare" }), /letters, digits and hyphens/],
    ["a threshold in percent", withRules({ ...rule, threshold: 95 }), /must be from 0 to 1/],
    [
      "a rule that expects nothing",
      withRules({ dimension: "VALIDITY", name: "fare" }),
      /In the rule "fare": exactly one of non_null_expectation/,
    ],
  ])("refuses %s", (_what, config, complaint) => {
    expect(newCore().complaints(SCAN, config)).toEqual([expect.stringMatching(complaint)]);
  });
});

describe("google_bigquery_table over a connection", () => {
  const connection = "projects/acme-dev/locations/europe-west1/connections/trips-lake";
  const parquet = { autodetect: true, source_format: "PARQUET", source_uris: ["gs://lake/yellow/*"] };
  const external = { dataset_id: "d", table_id: "t", deletion_protection: false, external_data_configuration: [parquet] };
  const bigLake = { ...external, external_data_configuration: [{ ...parquet, connection_id: connection }] };
  const iceberg = {
    dataset_id: "d",
    table_id: "i",
    deletion_protection: false,
    schema: JSON.stringify([{ name: "id", type: "STRING" }]),
    biglake_configuration: [{ connection_id: connection, storage_uri: "gs://lake/i/", file_format: "PARQUET", table_format: "ICEBERG" }],
  };

  test("an external table becomes a BigLake table where it stands, and gets a cache there", () => {
    const core = newCore();
    const state = core.create(TABLE, external);

    expect(core.plan(TABLE, bigLake, state).action).toBe("update");
    const cached = { ...external, max_staleness: "0-0 0 4:0:0" };
    cached.external_data_configuration = [{ ...parquet, connection_id: connection, metadata_cache_mode: "AUTOMATIC" } as never];
    expect(core.plan(TABLE, cached, core.apply(TABLE, cached, state)).action).toBe("nothing");
  });

  test("an Iceberg table is created, its columns change in place, its place in the bucket replaces it", () => {
    const core = newCore();
    const state = core.create(TABLE, iceberg);

    expect(state).toMatchObject({ type: "TABLE", biglake_configuration: [{ table_format: "ICEBERG" }] });
    const wider = {
      ...iceberg,
      schema: JSON.stringify([
        { name: "id", type: "STRING" },
        { name: "n", type: "INTEGER" },
      ]),
    };
    expect(core.plan(TABLE, wider, state).action).toBe("update");
    const moved = { ...iceberg, biglake_configuration: [{ ...iceberg.biglake_configuration[0]!, storage_uri: "gs://lake/other/" }] };
    expect(core.plan(TABLE, moved, state)).toMatchObject({ action: "replace", replacedBy: ["biglake_configuration"] });
  });

  const withCache = (external: ValueObject) => ({ ...bigLake, external_data_configuration: [{ ...parquet, ...external }] });
  const withIceberg = (change: ValueObject) => ({
    ...iceberg,
    biglake_configuration: [{ ...iceberg.biglake_configuration[0], ...change }],
  });
  test.each([
    [
      "an unknown cache mode",
      withCache({ connection_id: connection, metadata_cache_mode: "ALWAYS" }),
      /"ALWAYS" must be AUTOMATIC or MANUAL/,
    ],
    ["a cache without a connection", withCache({ metadata_cache_mode: "AUTOMATIC" }), /set connection_id/],
    ["an Iceberg table over a pattern", withIceberg({ storage_uri: "gs://lake/i/*" }), /must be a folder such as/],
    ["an Iceberg table of another format", withIceberg({ file_format: "ORC" }), /file_format "ORC" must be PARQUET/],
    ["a table of both kinds", { ...bigLake, ...iceberg }, /either external or kept by BigQuery/],
  ])("refuses %s", (_what, config, complaint) => {
    expect(newCore().complaints(TABLE, config)).toEqual([expect.stringMatching(complaint)]);
  });
});
