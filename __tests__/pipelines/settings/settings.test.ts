import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { outputs } from "../../fixtures/outputs";
import { settingsFromOutputs } from "../../../pipelines/settings/from-outputs";
import { settingsJsonSchema, settingsSchema } from "../../../pipelines/settings/settings";

const reachedPostgres = { host: "10.0.0.3", port: 5432, database: "trips", user: "trips-ingest@acme-dev.iam" };

const locations = {
  target: "embedded" as const,
  bucketUrl: (bucket: string) => `file:///lake/${bucket}`,
  warehouse: { kind: "duckdb" as const, file: "/w.duckdb", lockFile: "/w.lock", readCopy: "/w.read.duckdb" },
  identities: null,
  paths: { runs: "/runs", dashboard: "/dashboard", logs: "/logs" },
  contracts: "/contracts.json",
};

test("a deployment's outputs become settings that their own schema accepts", () => {
  const settings = settingsFromOutputs(outputs, locations);

  expect(settingsSchema.parse(settings)).toEqual(settings);
  expect(settings.ingest).toEqual({ maxRejectedShare: 0.05, minShareOfLastDelivery: 0.5 });
  expect(settings.pipelines).toEqual({ retries: 2, retrySeconds: 90, freshnessDays: 100 });
  expect(settings.lake.clean).toBe("file:///lake/acme-dev-lake-clean");
  expect(settings.postgres).toEqual({
    host: "127.0.0.1",
    port: 5433,
    database: "trips",
    user: "trips",
    login: "password",
    passwordFile: "/secrets/p",
  });
});

test("an environment without Postgres has none in its settings", () => {
  expect(settingsFromOutputs({ ...outputs, postgres: undefined }, locations).postgres).toBeNull();
});

test("Postgres without a password file is Cloud SQL's, where a workload logs in by its identity", () => {
  const { password_file: _, ...reached } = outputs.postgres;
  const postgres = { ...reached, connection_name: "acme-dev:europe-west1:trips" };

  const settings = settingsFromOutputs({ ...outputs, postgres }, locations);

  expect(settings.postgres).toEqual({ ...reached, login: "identity" });
  expect(settingsSchema.parse(settings)).toEqual(settings);
});

test("in the cloud the lake is buckets, the warehouse BigQuery, and workloads may be impersonated", () => {
  const settings = settingsFromOutputs(outputs, {
    ...locations,
    target: "cloud",
    bucketUrl: (bucket) => `gs://${bucket}`,
    warehouse: { kind: "bigquery", maximumBytesBilled: 107_374_182_400 },
    identities: { ingest: "trips-ingest@acme-dev.iam.gserviceaccount.com", transform: "trips-transform@acme-dev.iam.gserviceaccount.com" },
  });

  expect(settings).toMatchObject({ target: "cloud", lake: { raw: "gs://acme-dev-lake-raw" }, warehouse: { kind: "bigquery" } });
  expect(settingsSchema.parse(settings)).toEqual(settings);
});

const sparkOutput = {
  artifacts_bucket: "acme-dev-spark",
  batch: {
    runtime_config: { version: "2.3", properties: {} },
    execution_config: { service_account: "trips-spark@acme-dev.iam.gserviceaccount.com", ttl: "7200s" },
  },
  jobs: { reports: { main_uri: "gs://acme-dev-spark/main.py", package_uris: ["gs://acme-dev-spark/trips_spark.whl"] } },
};
const inTheCloud = { ...locations, target: "cloud" as const, bucketUrl: (bucket: string) => `gs://${bucket}` };

test("beside Airflow Spark's jobs run in sessions, in the cloud as the batches that the deployment tells of", () => {
  const here = settingsFromOutputs({ ...outputs, spark: sparkOutput }, locations);
  const cloud = settingsFromOutputs({ ...outputs, spark: sparkOutput }, inTheCloud);
  const roomy = settingsFromOutputs({ ...outputs, spark: sparkOutput }, { ...locations, sparkMemory: "3g" });

  expect(here.spark).toEqual({ reports: "file:///lake/acme-dev-lake-clean/reports", memory: "1g", batch: null });
  expect(roomy.spark?.memory).toBe("3g");
  expect(cloud.spark).toEqual({
    reports: "gs://acme-dev-lake-clean/reports",
    memory: "1g",
    batch: {
      mainUri: "gs://acme-dev-spark/main.py",
      packageUris: ["gs://acme-dev-spark/trips_spark.whl"],
      runtime: sparkOutput.batch.runtime_config,
      execution: sparkOutput.batch.execution_config,
      historyServer: null,
    },
  });
  for (const settings of [here, cloud]) expect(settingsSchema.parse(settings)).toEqual(settings);
});

test.each([
  ["Spark is switched off", undefined],
  ["it is a cluster, which has no batches", { ...sparkOutput, batch: undefined }],
  ["the report's job isn't deployed", { ...sparkOutput, jobs: {} }],
])("in the cloud the settings have no Spark where %s", (_where, spark) => {
  expect(settingsFromOutputs({ ...outputs, spark }, inTheCloud).spark).toBeNull();
});

test.each([
  ["a password's file beside an identity", { postgres: { ...reachedPostgres, login: "identity", passwordFile: "/secrets/p" } }],
  ["a password login without its file", { postgres: { ...reachedPostgres, login: "password" } }],
  ["BigQuery with a DuckDB file", { warehouse: { kind: "bigquery", maximumBytesBilled: 107_374_182_400, file: "/w.duckdb" } }],
  ["a bound below what BigQuery bills at least", { warehouse: { kind: "bigquery", maximumBytesBilled: 1 } }],
  ["no word on identities", { identities: undefined }],
])("%s is refused by the schema", (_what, wrong) => {
  expect(settingsSchema.safeParse({ ...settingsFromOutputs(outputs, locations), ...wrong }).success).toBe(false);
});

test("a missing output is refused by its name", () => {
  expect(() => settingsFromOutputs({ ...outputs, marts_dataset: undefined }, locations)).toThrow(/marts_dataset/);
});

test("the JSON Schema that Python reads is fresh (else: npm run generate)", () => {
  const stored: unknown = JSON.parse(readFileSync(resolve(__dirname, "../../../pipelines/settings/settings.schema.json"), "utf8"));
  expect(stored).toEqual(JSON.parse(JSON.stringify(settingsJsonSchema())));
});
