import * as path from "node:path";
import { UNKNOWN } from "../../../../embedded/provider/protocol/value";
import { temporaryFolder } from "../temporary-folder";
import { TerraformCore } from "../terraform-core";

const ENVIRONMENT = "google_composer_environment";
const folder = temporaryFolder();
let count = 0;
const newCore = () => new TerraformCore("google", path.join(folder, String(count++)), { project: "acme-dev" });

const EMAIL = "trips-orchestrator@acme-dev.iam.gserviceaccount.com";
const size = { cpu: 0.5, memory_gb: 2, storage_gb: 1 };
const software = (image_version = "composer-3-airflow-3.1") => ({ image_version, env_variables: { PIPELINE_TARGET: "cloud" } });
const airflow = (config: any = {}, further: any = {}): any => ({
  name: "trips-airflow",
  region: "europe-west1",
  labels: { env: "dev" },
  config: [
    {
      enable_private_environment: true,
      node_config: [
        {
          service_account: EMAIL,
          network: "projects/acme-dev/global/networks/trips",
          subnetwork: "projects/acme-dev/regions/europe-west1/subnetworks/trips-europe-west1",
        },
      ],
      software_config: [software()],
      workloads_config: [{ scheduler: [{ ...size, count: 1 }], worker: [{ ...size, min_count: 1, max_count: 3 }] }],
      ...config,
    },
  ],
  storage_config: [{ bucket: "acme-dev-airflow" }],
  ...further,
});

describe("google_composer_environment", () => {
  test("Airflow's address is known once it is there, and a second plan changes nothing", () => {
    const core = newCore();

    expect(core.plan(ENVIRONMENT, airflow()).state).toMatchObject({ config: [{ airflow_uri: UNKNOWN }] });
    expect(core.create(ENVIRONMENT, airflow())).toMatchObject({
      id: "projects/acme-dev/locations/europe-west1/environments/trips-airflow",
      project: "acme-dev",
      effective_labels: { env: "dev", "goog-terraform-provisioned": "true" },
      config: [
        {
          airflow_uri: expect.stringMatching(/^https:\/\/[0-9a-f]{32}-dot-europe-west1\.composer\.googleusercontent\.com$/),
          dag_gcs_prefix: "gs://acme-dev-airflow/dags",
          resilience_mode: "STANDARD_RESILIENCE",
        },
      ],
    });
  });

  test("sizes, image, variables, snapshots and network change in place", () => {
    const core = newCore();
    const state = core.create(ENVIRONMENT, airflow());
    const changes = [
      { workloads_config: [{ worker: [{ ...size, min_count: 1, max_count: 6 }] }] },
      { software_config: [software("composer-3-airflow-3.3")] },
      { software_config: [{ ...software(), env_variables: { PIPELINE_TARGET: "elsewhere" } }] },
      { node_config: [{ service_account: EMAIL, network: "projects/acme-dev/global/networks/other" }] },
      {
        recovery_config: [
          { scheduled_snapshots_config: [{ enabled: true, snapshot_location: "gs://b/s", snapshot_creation_schedule: "0 4 * * *" }] },
        ],
      },
    ];

    for (const change of changes) {
      expect(core.plan(ENVIRONMENT, airflow(change), state).action).toBe("update");
      const after = core.apply(ENVIRONMENT, airflow(change), state);
      expect(core.plan(ENVIRONMENT, airflow(change), after).action).toBe("nothing");
    }
  });

  test.each([
    [
      "the account",
      { node_config: [{ service_account: "other@acme-dev.iam.gserviceaccount.com" }] },
      {},
      "config.node_config.service_account",
    ],
    ["the bucket", {}, { storage_config: [{ bucket: "other" }] }, "storage_config.bucket"],
    ["the region", {}, { region: "europe-west4" }, "region"],
    ["the name", {}, { name: "other" }, "name"],
  ])("%s replaces it", (_what, config, further, attribute) => {
    const core = newCore();
    const state = core.create(ENVIRONMENT, airflow());

    expect(core.plan(ENVIRONMENT, airflow(config, further), state)).toMatchObject({ action: "replace", replacedBy: [attribute] });
  });

  test("the key replaces it", () => {
    const core = newCore();
    const keyed = (name: string) => airflow({ encryption_config: [{ kms_key_name: name }] });
    const state = core.create(ENVIRONMENT, keyed("one"));

    expect(core.plan(ENVIRONMENT, keyed("two"), state)).toMatchObject({
      action: "replace",
      replacedBy: ["config.encryption_config.kms_key_name"],
    });
    expect(core.plan(ENVIRONMENT, keyed("one"), core.create(ENVIRONMENT, airflow()))).toMatchObject({
      replacedBy: ["config.encryption_config"],
    });
  });

  test.each([
    ["composer-3-airflow-3.1.7-build.12", "composer-3-airflow-3.1", "nothing"],
    ["composer-3-airflow-3.1.7", "composer-3-airflow-3", "nothing"],
    ["composer-3-airflow-3.1.7-build.12", "composer-3-airflow-3.1.7-build.13", "update"],
    ["composer-3-airflow-3.1", "composer-3-airflow-3.2", "update"],
  ])("an environment of %s that is to be %s: %s", (before, after, action) => {
    const core = newCore();
    const state = core.create(ENVIRONMENT, airflow({ software_config: [software(before)] }));

    expect(core.plan(ENVIRONMENT, airflow({ software_config: [software(after)] }), state).action).toBe(action);
  });

  test("a bucket with gs:// is the same, and so are a network's name, path and address", () => {
    const core = newCore();
    const state = core.create(ENVIRONMENT, airflow());
    const same = airflow({}, { storage_config: [{ bucket: "gs://acme-dev-airflow" }] });
    same.config[0].node_config[0].network = "https://www.googleapis.com/compute/v1/projects/acme-dev/global/networks/trips";

    expect(core.plan(ENVIRONMENT, same, state).action).toBe("nothing");
  });

  test.each<[string, any, RegExp]>([
    ["no image at all", { software_config: [software("airflow-3")] }, /must look like composer-3-airflow-3\.1/],
    [
      "a block of Composer 2",
      { private_environment_config: [{ enable_private_endpoint: true }] },
      /private_environment_config should not be used/,
    ],
    [
      "settings of Composer 3 on 2",
      { software_config: [software("composer-2.9.1-airflow-2.9")] },
      /enable_private_environment should only be used/,
    ],
    [
      "the latest image, which isn't taken for Composer 3",
      { software_config: [software("composer-latest-airflow-3")] },
      /only be used in Composer 3/,
    ],
    ["no account", { node_config: [{ network: "trips" }] }, /service_account is required/],
    [
      "an attachment beside a network",
      { node_config: [{ service_account: EMAIL, network: "trips", composer_network_attachment: "a" }] },
      /excludes network and subnetwork/,
    ],
    [
      "a variable of Airflow's own",
      { software_config: [{ ...software(), env_variables: { AIRFLOW__CORE__PARALLELISM: "1" } }] },
      /is a reserved name/,
    ],
    ["a variable of one letter", { software_config: [{ ...software(), env_variables: { A: "1" } }] }, /two characters/],
  ])("%s is refused", (_what, config, message) => {
    expect(newCore().complaints(ENVIRONMENT, airflow(config))).toEqual([expect.stringMatching(message)]);
  });

  test("what isn't known yet is no reason to complain", () => {
    const node = { service_account: UNKNOWN, network: UNKNOWN, subnetwork: UNKNOWN };

    expect(newCore().complaints(ENVIRONMENT, airflow({ node_config: [node] }))).toEqual([]);
  });

  test("destroyed, it is gone", () => {
    const core = newCore();
    const state = core.create(ENVIRONMENT, airflow());

    expect(core.destroy(ENVIRONMENT, state)).toBeUndefined();
    expect(core.read(ENVIRONMENT, state)).toBeNull();
  });
});
