import { example } from "../../../constructs/orchestration/example-machine";
import { WorkloadIdentity } from "../../../constructs/identity/workload-identity";
import { Network } from "../../../constructs/network/network";
import { AirflowBucket } from "../../../constructs/orchestration/airflow-bucket";
import { AirflowMachine } from "../../../constructs/orchestration/airflow-machine";
import type { AirflowMachineProps } from "../../../constructs/orchestration/airflow-machine-props";
import { AirflowMachineWatch } from "../../../constructs/orchestration/airflow-machine-watch";
import { Monitoring } from "../../../constructs/monitoring/monitoring";
import { unknownMetrics } from "../monitoring/unknown-metrics";
import { dev, only, resources, synth } from "../synth";

const deploy = (props: Partial<AirflowMachineProps> = {}, then: (airflow: AirflowMachine) => void = () => {}) =>
  synth((stack) => {
    const identity = new WorkloadIdentity(stack, "orchestrator", { environment: dev, workload: "orchestrator", description: "Airflow." });
    const network = new Network(stack, "network", { environment: dev });
    const bucket = new AirflowBucket(stack, "bucket", { environment: dev });
    then(new AirflowMachine(stack, "airflow", { environment: dev, identity, network, bucket, ...props }));
  });
const metadataOf = (json: any): Record<string, string> => only(json, "google_compute_instance").metadata;
function variablesOf(json: any): Record<string, string> {
  const { "airflow-environment": lines = "" } = metadataOf(json);
  return Object.fromEntries(lines.split("\n").map((line) => /^(\w+)='(.*)'$/.exec(line)!.slice(1) as [string, string]));
}

test("minimal: a small private machine with a disk for the database, its script and what the script must know", () => {
  const json = deploy();

  expect(only(json, "google_compute_instance")).toMatchObject({
    name: "trips-airflow",
    machine_type: "e2-standard-2",
    zone: "europe-west1-b",
  });
  expect(only(json, "google_compute_disk")).toMatchObject({ size: 20, lifecycle: { prevent_destroy: true } });
  expect(metadataOf(json)).toMatchObject({
    "startup-script": expect.stringMatching(/mount_data_disk\n[^]*\nprepare_database\nstart_services\n$/),
    "airflow-bucket": expect.stringMatching(/google_storage_bucket/),
    "airflow-sync": expect.stringContaining("def main(name: str, folder: Path)"),
  });
});

test("Airflow runs few tasks at once, logs to the bucket, has its connections from Secret Manager, and asks nobody for a password", () => {
  expect(variablesOf(deploy({ airflowConfig: { "api-instance_name": "Trips" }, variables: { PIPELINE_WORK: "here" } }))).toMatchObject({
    AIRFLOW__API__INSTANCE_NAME: "Trips",
    AIRFLOW__CORE__PARALLELISM: "2",
    AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION: "True",
    AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS: "True",
    AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER: expect.stringMatching(/^gs:\/\/\$\{google_storage_bucket\.[\w-]+\.name\}\/logs$/),
    AIRFLOW__SECRETS__BACKEND: "airflow.providers.google.cloud.secrets.secret_manager.CloudSecretManagerBackend",
    AIRFLOW__SECRETS__BACKEND_KWARGS: expect.stringContaining('"connections_prefix":"trips-airflow-connections"'),
    PIPELINE_WORK: "here",
  });
});

test("only Identity-Aware Proxy reaches the page, and only for whom use was granted", () => {
  const json = deploy({}, (airflow) => {
    airflow.grantUse({ id: "engineers", member: "group:engineers@example.com" });
    expect(airflow.airflowUrl).toBe("http://localhost:8080");
    expect(airflow.tunnelCommand).toMatch(/^gcloud compute start-iap-tunnel trips-airflow 8080 --local-host-port=localhost:8080 --zone=/);
  });

  expect(only(json, "google_compute_firewall")).toMatchObject({ source_ranges: ["35.235.240.0/20"], allow: [{ ports: ["22", "8080"] }] });
  expect(only(json, "google_iap_tunnel_instance_iam_member")).toMatchObject({
    member: "group:engineers@example.com",
    condition: { expression: "destination.port == 8080" },
  });
});

test("its account may write the bucket, logs and metrics; that is all", () => {
  const json = deploy();

  expect(resources(json, "google_project_iam_member").map(({ role }) => role)).toEqual([
    "roles/logging.logWriter",
    "roles/monitoring.metricWriter",
  ]);
  expect(only(json, "google_storage_bucket_iam_member").role).toBe("roles/storage.objectUser");
});

test.each([
  [{ variables: { NAME: "it's" } }, /The value of NAME may hold neither a single quotation mark nor a line break: it's/],
  [{ variables: { AIRFLOW_HOME: "/x" } }, /"AIRFLOW_HOME" is Composer's own/],
  [{ airflowConfig: { "core-parallelism": "9" } }, /must leave out "core-parallelism"/],
  [{ parallelism: 0 }, /parallelism must be a whole number of tasks from 1 up/],
])("%j is refused", (props, message) => {
  expect(() => deploy(props)).toThrow(message);
});

describe("its watch", () => {
  const json = synth((stack) => {
    example(stack, dev);
  });
  const alert = (title: RegExp): any =>
    resources(json, "google_monitoring_alert_policy").find(({ display_name }) => title.test(display_name)).conditions[0];

  test("tells of a part that doesn't run, by the line that the machine leaves in its log", () => {
    expect(alert(/part of Airflow/).condition_matched_log.filter).toMatch(
      /resource\.type = "gce_instance"\nAND resource\.labels\.instance_id = "\$\{google_compute_instance\.\w+\.instance_id\}"\nAND log_id\("airflow-units"\)\nAND jsonPayload\.MESSAGE =~ "airflow_unhealthy"/,
    );
  });

  test("tells of a disk that is nearly full, and when all is well nowhere for days: four with nights, else one", () => {
    expect(alert(/disk of Airflow/).condition_threshold).toMatchObject({
      filter: expect.stringMatching(/agent\.googleapis\.com\/disk\/percent_used.*instance_id = .* AND metric\.label\.state = "used"$/),
      threshold_value: 85,
    });
    expect(alert(/hasn't been healthy for 4 days/).condition_prometheus_query_language.query).toContain("trips-airflow-healthy");
    const always = synth((stack) => {
      const identity = new WorkloadIdentity(stack, "orchestrator", { environment: dev, workload: "orchestrator", description: "Airflow." });
      const network = new Network(stack, "network", { environment: dev });
      const bucket = new AirflowBucket(stack, "bucket", { environment: dev });
      const airflow = new AirflowMachine(stack, "airflow", { environment: dev, identity, network, bucket });
      new AirflowMachineWatch(new Monitoring(stack, "monitoring", { environment: dev }), "airflow", airflow);
    });
    expect(resources(always, "google_monitoring_alert_policy").map(({ display_name }) => display_name)).toContainEqual(
      expect.stringMatching(/hasn't been healthy for 1 day /),
    );
  });

  test("on metrics that exist", () => {
    expect(unknownMetrics(json)).toEqual([]);
  });
});
