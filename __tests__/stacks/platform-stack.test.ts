import { Testing } from "cdktf";
import { resolve } from "node:path";
import { loadConfigurations } from "../../config/load";
import { landedTables } from "../../contracts/tables";
import { PlatformStack } from "../../stacks/platform-stack";

const root = resolve(__dirname, "../..");
const folder = resolve(__dirname, "../fixtures/config");

function synth(name: string, target = "cloud"): any {
  const configurations = loadConfigurations({ folder, root, variables: { PLATFORM_TARGET: target } });
  const configuration = configurations.find((one) => one.name === name)!;
  return JSON.parse(Testing.synth(new PlatformStack(Testing.app(), name, configuration), true));
}

test("dev differs between cloud and this machine in its backend only", () => {
  const [cloud, machine] = ["cloud", "embedded"].map((target) => synth("dev", target));

  expect(cloud.terraform.backend).toEqual({ gcs: { bucket: "acme-trips-dev-terraform-state", prefix: "platform/dev" } });
  expect(machine.terraform.backend).toEqual({ local: { path: `${root}/.embedded/dev/terraform.tfstate` } });
  for (const json of [cloud, machine]) {
    delete json.terraform.backend;
  }
  expect(machine).toEqual(cloud);
});

test("prod keeps its data: no bucket, dataset or table may be destroyed with what it holds", () => {
  const { google_storage_bucket, google_bigquery_dataset, google_bigquery_table } = synth("prod").resource;
  const values = (resources: object, attribute: string) => [...new Set(Object.values<any>(resources).map((one) => one[attribute]))];
  const holding = Object.values<any>(google_bigquery_table).filter(
    (table) => !("view" in table || "materialized_view" in table || "external_data_configuration" in table),
  );

  expect(values(google_storage_bucket, "force_destroy")).toEqual([false]);
  expect(values(google_bigquery_dataset, "delete_contents_on_destroy")).toEqual([false]);
  expect(values(holding, "deletion_protection")).toEqual([true]);
  expect(holding.length).toBeGreaterThan(landedTables.length);
});

test("without Docker's Postgres, Docker's provider is not asked for", () => {
  expect(Object.keys(synth("prod").provider)).toEqual(["google"]);
});

test("no password stands in the synthesised JSON, only the path of its file", () => {
  const text = JSON.stringify(synth("dev"));

  expect(text.match(/PASSWORD[A-Z_]*=[^"]*/g)).toEqual([
    "PASSWORD_FILE=/run/secrets/postgres-password",
    "PASSWORD_FILE=/run/secrets/postgres-password",
  ]);
});
