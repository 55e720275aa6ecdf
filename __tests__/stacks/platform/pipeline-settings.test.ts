import { Testing } from "cdktf";
import { resolve } from "node:path";
import { loadConfigurations } from "../../../config/load";
import { settingsSchema } from "../../../pipelines/settings/settings";
import { PlatformStack } from "../../../stacks/platform-stack";
import { resources } from "../../constructs/synth";
import { named } from "../references";

const root = resolve(__dirname, "../../..");

/** The settings object of an environment with everything switched on; Terraform's references stand in its texts. */
const settingsOf = (name: string, folder?: string): any => deployed(name, folder).object;

function deployed(name: string, folder = "everything"): { json: any; object: any } {
  const all = loadConfigurations({ folder: resolve(root, "__tests__/fixtures", folder), root, variables: {} });
  const configuration = all.find((one) => one.name === name)!;
  const json = JSON.parse(Testing.synth(new PlatformStack(Testing.app(), configuration.name, configuration)));
  return { json, object: resources(json, "google_storage_bucket_object").find((object) => object.name === "data/settings.json") };
}

test("the stack writes the pipelines' settings into Airflow's bucket, and they fit their schema", () => {
  const { json, object } = deployed("prod");
  const settings = JSON.parse(object.content);

  expect(object).toMatchObject({
    bucket: expect.stringMatching(/google_storage_bucket\.airflow-bucket/),
    content_type: "application/json",
  });
  expect(settingsSchema.safeParse(JSON.parse(named(json, object.content))).error).toBeUndefined();
  expect(settings).toMatchObject({
    environment: "prod",
    target: "cloud",
    projectId: "acme-trips-prod",
    contracts: "/home/airflow/gcs/data/pipelines/contracts/contracts.json",
    lake: { raw: expect.stringMatching(/^gs:\/\/\$\{google_storage_bucket\.lake_raw_\w+\.name\}$/) },
    warehouse: { kind: "bigquery", maximumBytesBilled: 107_374_182_400 },
    datasets: { landed: expect.stringMatching(/^\$\{google_bigquery_dataset\.\w+\.dataset_id\}$/) },
    identities: null,
    paths: { runs: "/home/airflow/gcs/data/runs" },
  });
});

test("Cloud SQL is logged in to by the identity of ingest", () => {
  expect(JSON.parse(settingsOf("prod").content).postgres).toEqual({
    host: expect.stringMatching(/^\$\{google_sql_database_instance\.\w+\.private_ip_address\}$/),
    port: 5432,
    database: expect.stringMatching(/^\$\{google_sql_database\.\w+\.name\}$/),
    user: expect.stringMatching(/^\$\{google_sql_user\.[\w-]+\.name\}$/),
    login: "identity",
  });
});

test("Postgres in somebody's Docker is out of the cloud's reach, so there is none, and no path of a password file", () => {
  const { content } = settingsOf("dev");

  expect(JSON.parse(content).postgres).toBeNull();
  expect(content).not.toContain("password");
});

test("without Airflow in the cloud there are no settings in the cloud", () => {
  expect(settingsOf("dev", "config")).toBeUndefined();
});
