import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { Catalog } from "../../../embedded/catalog/catalog";
import { EmbeddedPaths } from "../../../embedded/paths";
import { embeddedVariables } from "../../../embedded/terraform/environment";
import { prepareTerraform } from "../../../embedded/terraform/prepare";
import { root } from "../provider/built-provider";
import { temporaryFolder } from "../provider/temporary-folder";

const folder = temporaryFolder();
const embedded = path.join(folder, ".embedded");
const stack = path.join(folder, "stack");
const paths = new EmbeddedPaths(embedded, "dev");
const catalog = new Catalog(paths.catalog());

/** Runs Terraform (of the machine, or the one that set-up brought) as `cdktf` does. */
function terraform(...args: string[]): { readonly code: number | null; readonly output: string } {
  const searchPath = [process.env.PATH, path.join(root, ".embedded", "bin")].join(path.delimiter);
  const env = { ...process.env, ...embeddedVariables(embedded, "dev", searchPath) };
  const { status, stdout, stderr, error } = spawnSync("terraform", [...args, "-no-color"], { cwd: stack, env, encoding: "utf8" });
  if (error) throw error;
  return { code: status, output: `${stdout}${stderr}` };
}

function configure(change: (resources: any) => void = () => undefined): void {
  const reader = "${google_service_account.ingest.member}";
  const resource = {
    google_project_service: { bigquery: { service: "bigquery.googleapis.com", disable_on_destroy: false } },
    google_service_account: { ingest: { account_id: "ingest-dev" } },
    google_service_account_iam_member: {
      ingest: { service_account_id: "${google_service_account.ingest.name}", role: "roles/iam.serviceAccountUser", member: reader },
    },
    google_project_iam_member: { ingest: { project: "acme-dev", role: "roles/bigquery.jobUser", member: reader } },
    google_storage_bucket: {
      raw: {
        name: "acme-dev-lake-raw",
        location: "europe-west1",
        versioning: { enabled: true },
        lifecycle_rule: [{ action: { type: "Delete" }, condition: { num_newer_versions: 3, with_state: "ARCHIVED" } }],
        labels: { env: "dev" },
      },
    },
    google_storage_bucket_iam_member: {
      ingest: { bucket: "${google_storage_bucket.raw.name}", role: "roles/storage.objectViewer", member: reader },
    },
    google_storage_bucket_object: { rules: { bucket: "${google_storage_bucket.raw.name}", name: "config/rules.json", content: "{}" } },
    google_bigquery_dataset: { landed: { dataset_id: "trips_landed", location: "europe-west1" } },
    google_bigquery_dataset_iam_member: {
      ingest: { dataset_id: "${google_bigquery_dataset.landed.dataset_id}", role: "roles/bigquery.dataViewer", member: reader },
    },
    google_bigquery_table: {
      yellow: {
        dataset_id: "${google_bigquery_dataset.landed.dataset_id}",
        table_id: "yellow_trips",
        deletion_protection: false,
        time_partitioning: { type: "MONTH", field: "file_month" },
        schema: JSON.stringify([{ name: "file_month", type: "DATE" }]),
      },
      external: {
        dataset_id: "${google_bigquery_dataset.landed.dataset_id}",
        table_id: "external",
        deletion_protection: false,
        external_data_configuration: {
          autodetect: true,
          source_format: "PARQUET",
          source_uris: ["gs://${google_storage_bucket.raw.name}/yellow/*"],
          hive_partitioning_options: { mode: "CUSTOM", source_uri_prefix: "gs://${google_storage_bucket.raw.name}/yellow/{month:STRING}" },
        },
      },
    },
    docker_network: { trips: { name: "trips" } },
    docker_volume: { data: { name: "data" } },
    docker_image: { postgres: { name: "postgres:17", keep_locally: true } },
    docker_container: {
      postgres: {
        name: "trips-postgres",
        image: "${docker_image.postgres.image_id}",
        env: ["POSTGRES_USER=trips"],
        ports: [{ internal: 5432, external: 5433, ip: "127.0.0.1" }],
        volumes: [{ volume_name: "${docker_volume.data.name}", container_path: "/var/lib/postgresql/data" }],
        networks_advanced: [{ name: "${docker_network.trips.name}" }],
        healthcheck: { test: ["CMD", "pg_isready"], interval: "5s" },
      },
    },
  };
  change(resource);
  const required_providers = {
    google: { source: "google", version: "6.50.0" },
    docker: { source: "kreuzwerker/docker", version: "3.6.2" },
  };
  const provider = { google: [{ project: "acme-dev", region: "europe-west1" }], docker: [{}] };
  fs.mkdirSync(stack, { recursive: true });
  fs.writeFileSync(path.join(stack, "main.tf.json"), JSON.stringify({ terraform: { required_providers }, provider, resource }, null, 2));
}

/** One story: each test goes on from where the one before it ended. */
describe("real Terraform against the mirror", () => {
  beforeAll(() => prepareTerraform(root, embedded), 30_000);

  test("init takes the stand-ins, and their lock works as cdktf makes it", () => {
    configure();

    expect(terraform("init")).toMatchObject({ code: 0, output: expect.stringContaining("kreuzwerker/docker v3.6.2") });
    expect(terraform("providers", "lock")).toMatchObject({ code: 0 });
  }, 30_000);

  test("apply creates everything in the catalogue", () => {
    expect(terraform("apply", "-auto-approve").output).toContain("Apply complete! Resources: 15 added, 0 changed, 0 destroyed.");
    expect(catalog.list("google_bigquery_table").map(({ table_id, type }) => `${table_id} ${type}`)).toEqual([
      "external EXTERNAL",
      "yellow_trips TABLE",
    ]);
    expect(catalog.list("docker_container")[0]?.ports).toMatchObject([{ internal: 5432, external: 5433, ip: "127.0.0.1" }]);
  }, 60_000);

  test("a second plan is empty", () => {
    expect(terraform("plan", "-detailed-exitcode")).toMatchObject({ code: 0, output: expect.stringContaining("No changes.") });
  }, 30_000);

  test("drift, an update and replacements are planned, and applied", () => {
    const [volume] = catalog.list("docker_volume");
    catalog.delete("docker_volume", volume!.id);
    configure((resources) => {
      resources.google_storage_bucket.raw.labels.zone = "raw";
      resources.google_bigquery_table.yellow.schema = JSON.stringify([{ name: "file_month", type: "TIMESTAMP" }]);
      resources.docker_container.postgres.ports[0].external = 5434;
    });

    const { code, output } = terraform("plan", "-detailed-exitcode", "-out=changes");
    expect(code).toBe(2);
    expect(output).toMatch(/docker_volume\.data will be created/);
    expect(output).toMatch(/google_storage_bucket\.raw will be updated in-place/);
    expect(output).toMatch(/google_bigquery_table\.yellow must be replaced/);
    expect(output).toMatch(/docker_container\.postgres must be replaced/);
    expect(output).toMatch(/Plan: 3 to add, 1 to change, 2 to destroy/);

    expect(terraform("apply", "changes")).toMatchObject({ code: 0 });
    expect(terraform("plan", "-detailed-exitcode")).toMatchObject({ code: 0 });
  }, 60_000);

  test("a type without rules is named, with the file to add it to", () => {
    const main = path.join(stack, "main.tf.json");
    const before = fs.readFileSync(main, "utf8");
    configure((resources) => (resources.google_bigtable_instance = { rides: { name: "rides" } }));

    const { code, output } = terraform("plan");
    expect(code).toBe(1);
    expect(output).toContain("The embedded cloud doesn't know google_bigtable_instance");
    expect(output).toContain("embedded/provider/resources/rule-book.ts");
    fs.writeFileSync(main, before);
  }, 30_000);

  test("destroy leaves what holds data, and then nothing", () => {
    const file = path.join(paths.bucket("acme-dev-lake-raw"), "yellow", "trips.csv");
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, "");

    const refused = terraform("destroy", "-auto-approve");
    expect(refused.code).toBe(1);
    expect(refused.output).toMatch(/The bucket acme-dev-lake-raw holds objects/);
    expect(terraform("state", "list").output.trim()).toBe("google_storage_bucket.raw");

    fs.rmSync(file);
    expect(terraform("destroy", "-auto-approve")).toMatchObject({ code: 0, output: expect.stringContaining("1 destroyed") });
    const left = fs.readdirSync(paths.catalog(), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(left).toEqual([]);
  }, 60_000);
});
