import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { TerraformStack } from "cdktf";
import type { Environment } from "../../../constructs/environment/environment";
import { GrantPropagation } from "../../../constructs/identity/grant-propagation";
import { WorkloadIdentity } from "../../../constructs/identity/workload-identity";
import { Network } from "../../../constructs/network/network";
import { AirflowBucket } from "../../../constructs/orchestration/airflow-bucket";
import { ComposerEnvironment } from "../../../constructs/orchestration/composer-environment";
import type { ComposerEnvironmentProps } from "../../../constructs/orchestration/composer-environment-props";
import { airflowVersionOf } from "../../../constructs/orchestration/composer-image";
import { smallWorkloads } from "../../../constructs/orchestration/workload-sizes";
import { EncryptionKey } from "../../../constructs/security/encryption-key";
import { KeyRing } from "../../../constructs/security/key-ring";
import { dev, only, prod, resources, synth } from "../synth";

const ENVIRONMENT = "google_composer_environment";
type Props = Partial<ComposerEnvironmentProps>;

/** An environment with props that may need the stack. */
const composer = (props: Props | ((stack: TerraformStack) => Props) = {}, environment: Environment = dev): any =>
  synth((stack) => {
    const identity = new WorkloadIdentity(stack, "orchestrator", { environment, workload: "orchestrator", description: "Airflow." });
    const bucket = new AirflowBucket(stack, "bucket", { environment });
    const airflow = new ComposerEnvironment(stack, "airflow", {
      environment,
      identity,
      bucket,
      ...(typeof props === "function" ? props(stack) : props),
    });
    airflow.grantUse({ id: "engineers", member: "group:engineers@example.com" });
    const grants = new GrantPropagation(stack, "grants", { grants: [identity.grantProjectRole("roles/composer.worker")] });
    grants.holdBack(airflow);
  });
const config = (props: Parameters<typeof composer>[0] = {}) => only(composer(props), ENVIRONMENT).config;

describe("ComposerEnvironment", () => {
  test("minimal: private, in our bucket, as our account, the smallest there is", () => {
    const made = only(composer(), ENVIRONMENT);

    expect(made).toMatchObject({
      project: "acme-dev",
      region: "europe-west1",
      name: "trips-airflow",
      labels: { environment: "dev" },
      storage_config: { bucket: expect.stringMatching(/^\$\{google_storage_bucket\.\w+\.name\}$/) },
      config: {
        environment_size: "ENVIRONMENT_SIZE_SMALL",
        enable_private_environment: true,
        enable_private_builds_only: true,
        node_config: { service_account: expect.stringMatching(/^\$\{google_service_account\.\w+\.email\}$/) },
        software_config: { image_version: "composer-3-airflow-3.1" },
        workloads_config: {
          scheduler: { count: 1, cpu: 0.5, memory_gb: 2, storage_gb: 1 },
          triggerer: { count: 1, cpu: 0.5, memory_gb: 1 },
          web_server: { cpu: 1, memory_gb: 2, storage_gb: 1 },
          worker: { min_count: 1, max_count: 3, cpu: 0.5, memory_gb: 2, storage_gb: 10 },
          dag_processor: { count: 1, cpu: 1, memory_gb: 2, storage_gb: 1 },
        },
        maintenance_window: { start_time: "2026-01-01T00:00:00Z", end_time: "2026-01-01T06:00:00Z", recurrence: "FREQ=WEEKLY;BYDAY=SA,SU" },
        data_retention_config: { airflow_metadata_retention_config: [{ retention_mode: "RETENTION_MODE_ENABLED", retention_days: 90 }] },
      },
    });
    expect(made.config.node_config.network).toBeUndefined();
    expect(made.timeouts).toEqual({ create: "120m", update: "120m", delete: "60m" });
  });

  test("nothing that Composer 3 forbids, nor a task log setting that it doesn't have", () => {
    const everything = JSON.stringify(config({ webServerRanges: ["203.0.113.0/24"], snapshots: { cron: "0 4 * * *", timeZone: "UTC" } }));

    expect(everything).not.toMatch(
      /private_environment_config|master_authorized|ip_allocation_policy|max_pods_per_node|ip_masq|task_logs|node_count|machine_type/,
    );
  });

  test("connections and variables are secrets, and DAGs wait until somebody has looked at them", () => {
    const { airflow_config_overrides: overrides } = config({
      parallelism: 4,
      airflowConfig: { "api-instance_name": "Trips" },
    }).software_config;

    expect(overrides).toMatchObject({
      "core-parallelism": "4",
      "core-dags_are_paused_at_creation": "True",
      "api-instance_name": "Trips",
      "secrets-backend": "airflow.providers.google.cloud.secrets.secret_manager.CloudSecretManagerBackend",
    });
    expect(JSON.parse(overrides["secrets-backend_kwargs"])).toEqual({
      project_id: "acme-dev",
      connections_prefix: "trips-airflow-connections",
      variables_prefix: "trips-airflow-variables",
      sep: "-",
    });
  });

  test("it waits until its account may work", () => {
    const json = composer();

    const [wait] = Object.keys(json.resource.terraform_data);
    expect(only(json, ENVIRONMENT).depends_on).toEqual([`terraform_data.${wait}`]);
    expect(resources(json, "google_project_iam_member")).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ role: "roles/composer.worker", member: expect.stringMatching(/google_service_account/) }),
        expect.objectContaining({ role: "roles/composer.user", member: "group:engineers@example.com" }),
      ]),
    );
  });

  test("in a network, under a key that Composer and Cloud Storage may use, from known addresses, with snapshots", () => {
    const json = composer((stack) => ({
      network: new Network(stack, "network", { environment: dev }),
      encryptionKey: new EncryptionKey(stack, "key", {
        environment: dev,
        keyRing: new KeyRing(stack, "ring", { environment: dev }),
        name: "data",
      }),
      webServerRanges: ["203.0.113.0/24", "2001:db8::/32"],
      snapshots: { cron: "30 3 * * 1", timeZone: "UTC-05" },
    }));

    const made = only(json, ENVIRONMENT);
    expect(made.config).toMatchObject({
      node_config: {
        network: expect.stringMatching(/google_compute_network/),
        subnetwork: expect.stringMatching(/google_compute_subnetwork/),
      },
      encryption_config: { kms_key_name: expect.stringMatching(/cryptoKeys/) },
      web_server_network_access_control: { allowed_ip_range: [{ value: "203.0.113.0/24" }, { value: "2001:db8::/32" }] },
      recovery_config: {
        scheduled_snapshots_config: {
          enabled: true,
          snapshot_location: expect.stringMatching(/^gs:\/\/\$\{google_storage_bucket\.\w+\.name\}\/snapshots$/),
          snapshot_creation_schedule: "30 3 * * 1",
          time_zone: "UTC-05",
        },
      },
    });
    expect(made.depends_on.filter((one: string) => one.startsWith("google_kms_crypto_key_iam_member."))).toHaveLength(2);
    expect(resources(json, "google_kms_crypto_key_iam_member").map(({ member }) => member)).toEqual(
      expect.arrayContaining([expect.stringMatching(/@cloudcomposer-accounts\./), expect.stringMatching(/@gs-project-accounts\./)]),
    );
  });

  test("its history is destroyed only with both keys", () => {
    const prevents = (props: Props, environment: Environment) => only(composer(props, environment), ENVIRONMENT).lifecycle.prevent_destroy;

    expect(prevents({}, dev)).toBe(true);
    expect(prevents({ destroyHistory: true }, prod)).toBe(true);
    expect(prevents({ destroyHistory: true }, dev)).toBe(false);
  });

  test.each<[Props, RegExp]>([
    [{ image: "composer-2.9.1-airflow-2.9" }, /must be one of Composer 3/],
    [{ image: "composer-3-airflow-3.1.7-build.12" }, /Google withdraws patches and builds/],
    [{ image: "composer-latest-airflow-3" }, /must be one of Composer 3/],
    [{ parallelism: 0 }, /parallelism must be a whole number/],
    [{ airflowConfig: { "core-parallelism": "3" } }, /leave out "core-parallelism"/],
    [{ airflowConfig: { parallelism: "3" } }, /a section and a key with a dash/],
    [{ variables: { A: "1" } }, /two or more letters/],
    [{ variables: { GCS_BUCKET: "x" } }, /Composer's own/],
    [{ variables: { AIRFLOW__CORE__X: "x" } }, /Composer's own/],
    [{ historyDays: 29 }, /from 30 to 730/],
    [{ maintenance: { weekdays: ["SU"], startHour: 0, hours: 6 } }, /at least 12 a week, e\.g\. 6 on SA and SU; 6 on SU are 6/],
    [{ maintenance: { weekdays: ["SU", "SU"], startHour: 0, hours: 6 } }, /are 6/],
    [{ maintenance: { weekdays: ["SA", "SU"], startHour: 24, hours: 6 } }, /full hour from 0 to 23/],
    [{ snapshots: { cron: "daily", timeZone: "UTC" } }, /cron's five fields/],
    [{ snapshots: { cron: "0 4 * * *", timeZone: "Europe/Berlin" } }, /an offset from UTC-12 to UTC\+12/],
  ])("%j is refused", (props, message) => {
    expect(() => composer(props)).toThrow(message);
  });

  const { scheduler, triggerer, webServer, worker, dagProcessor } = smallWorkloads;
  test.each([
    [{ scheduler: { ...scheduler, count: 4 } }, /scheduler\.count of Composer must be a whole number from 1 to 3, not 4/],
    [{ scheduler: { ...scheduler, cpu: 2 } }, /scheduler\.cpu .* from 0\.5 to 1/],
    [{ triggerer: { ...triggerer, count: 11 } }, /triggerer\.count .* from 0 to 10/],
    [{ webServer: { ...webServer, cpu: 0.5 } }, /webServer\.cpu .* from 1 to 4/],
    [{ worker: { ...worker, maxCount: 101 } }, /worker\.maxCount .* from 1 to 100/],
    [{ worker: { ...worker, minCount: 5 } }, /minCount \(5\) of Composer must not be above worker\.maxCount \(3\)/],
    [{ worker: { ...worker, cpu: 3, memoryGb: 4 } }, /0\.5, 1 or a multiple of 2, not 3/],
    [{ worker: { ...worker, cpu: 0.5, memoryGb: 8 } }, /1 to 8 GB per vCPU: with 0\.5 vCPU 0\.5 to 4 GB, not 8/],
    [{ worker: { ...worker, storageGb: 101 } }, /storageGb .* from 0 to 100/],
    [{ dagProcessor: { ...dagProcessor, memoryGb: 1.1 } }, /memoryGb .* a multiple of 0\.25/],
  ])("the sizes %j are refused", (sizes, message) => {
    expect(() => composer({ workloads: { ...smallWorkloads, ...sizes } })).toThrow(message);
  });
});

test("Composer's Airflow is the one that runs on developers' machines", () => {
  const lock = readFileSync(resolve(__dirname, "../../../pipelines/environments/orchestration.lock"), "utf8");
  const locked = /^apache-airflow==(\d+\.\d+)\./m.exec(lock)?.[1];

  expect(airflowVersionOf(config().software_config.image_version)).toBe(locked);
});
