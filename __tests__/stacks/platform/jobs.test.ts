import { Testing } from "cdktf";
import { resolve } from "node:path";
import type { Configuration } from "../../../config/configuration";
import { loadConfigurations } from "../../../config/load";
import { orchestration as schema } from "../../../config/parts/orchestration";
import { airflowFiles } from "../../../stacks/platform/airflow-files";
import { platformServices } from "../../../stacks/platform/services";
import { PlatformStack } from "../../../stacks/platform-stack";
import { resources } from "../../constructs/synth";

const root = resolve(__dirname, "../../..");
const configurationOf = (name: string): Configuration =>
  loadConfigurations({ folder: resolve(root, "__tests__/fixtures/everything"), root, variables: {} }).find((one) => one.name === name)!;
const stackOf = (configuration: Configuration): any =>
  JSON.parse(Testing.synth(new PlatformStack(Testing.app(), configuration.name, configuration)));

const JOB = "google_cloud_run_v2_job";
const jobOf = (json: any, name: string): any => resources(json, JOB).find((one) => one.name === name);
const taskOf = (json: any, name: string): any => jobOf(json, name).template.template;
const variablesOf = (json: any, name: string): any =>
  Object.fromEntries(taskOf(json, name).containers[0].env.map((one: any) => [one.name, one.value]));

const dev = stackOf(configurationOf("dev"));
const prod = stackOf(configurationOf("prod"));

describe("the jobs of ingest and dbt", () => {
  test("each under its own account, from one image, as large as configured, with Airflow's bucket where Composer has it", () => {
    expect(taskOf(dev, "trips-ingest")).toMatchObject({
      service_account: expect.stringMatching(/google_service_account\.ingest_/),
      timeout: "5400s",
      containers: [
        {
          image: expect.stringMatching(/trips-docker\/data@sha256:/),
          command: ["python", "-m", "ingest"],
          resources: { limits: { cpu: "4", memory: "12288Mi" } },
          volume_mounts: [{ mount_path: "/home/airflow/gcs" }],
        },
      ],
    });
    expect(taskOf(dev, "trips-dbt")).toMatchObject({
      service_account: expect.stringMatching(/google_service_account\.transform_/),
      containers: [
        { command: ["sh", "/home/airflow/gcs/data/pipelines/dbt/in_job.sh"], resources: { limits: { cpu: "1", memory: "4096Mi" } } },
      ],
    });
    expect(variablesOf(dev, "trips-ingest")).toEqual({ PYTHONPATH: "/home/airflow/gcs/data/pipelines/ingest/src" });
    expect(airflowFiles()).toHaveProperty(["data/pipelines/dbt/in_job.sh"]);
    expect(variablesOf(dev, "trips-dbt")).toMatchObject({
      DBT_TARGET_PATH: expect.stringMatching(/^\/tmp\//),
      DBT_LOG_PATH: expect.stringMatching(/^\/tmp\//),
      DBT_TARGET: "bigquery",
      DBT_PROFILES_DIR: "/home/airflow/gcs/data/pipelines/dbt",
      DBT_PROJECT_ID: "acme-trips-dev",
      DBT_LOCATION: "europe-west1",
      DBT_MAXIMUM_BYTES_BILLED: "107374182400",
    });
  });

  test("ingest reaches Cloud SQL's private address where there is one, and no network where there is none; dbt never does", () => {
    expect(taskOf(prod, "trips-ingest").vpc_access).toMatchObject({ egress: "PRIVATE_RANGES_ONLY" });
    expect(taskOf(dev, "trips-ingest").vpc_access).toBeUndefined();
    expect(taskOf(prod, "trips-dbt").vpc_access).toBeUndefined();
  });

  test("both read data/ and write data/runs/, ingest the dashboard's data as well; Airflow alone runs them, and may see how they do", () => {
    const below = resources(dev, "google_storage_bucket_iam_member").filter(({ bucket }) => /airflow-bucket/.test(bucket));
    const theirs = below.filter(({ condition, member }) => condition && /\.(ingest|transform)_/.test(member));
    const conditions = theirs.map(({ member, condition }) => `${member} ${condition.title}`);
    const runs = resources(dev, "google_cloud_run_v2_job_iam_member");
    const viewers = resources(dev, "google_project_iam_member").filter(({ role }) => role === "roles/run.viewer");

    expect(conditions.map((one: string) => one.replace(/^\$\{google_service_account\.(\w+?)_account_.*?\}/, "$1")).sort()).toEqual([
      "ingest Below data/",
      "ingest Below data/dashboard/",
      "ingest Below data/runs/",
      "transform Below data/",
      "transform Below data/runs/",
    ]);
    expect(runs.map(({ role }) => role)).toEqual(Array(2).fill("roles/run.jobsExecutorWithOverrides"));
    expect([...runs, ...viewers].map(({ member }) => member)).toEqual(Array(3).fill(expect.stringMatching(/orchestrator/)));
  });

  test("Airflow has no token of theirs: it starts their jobs; elsewhere it acts as them", () => {
    const tokens = (json: any) =>
      resources(json, "google_service_account_iam_member").filter(
        ({ role, member }) => role === "roles/iam.serviceAccountTokenCreator" && /orchestrator/.test(member),
      );

    expect(tokens(dev)).toEqual([]);
    expect(tokens(stackOf({ ...configurationOf("dev"), orchestration: schema.parse({}) }))).toHaveLength(2);
  });

  test("Cloud Run is switched on with Composer", () => {
    expect(platformServices(configurationOf("dev"))).toContain("run.googleapis.com");
    expect(platformServices({ ...configurationOf("dev"), orchestration: schema.parse({}) })).not.toContain("run.googleapis.com");
  });

  test("without an image the stack is refused, with the command that makes one", () => {
    const configuration = configurationOf("dev");
    const { image: _, ...jobs } = configuration.orchestration.jobs;

    expect(() => stackOf({ ...configuration, orchestration: { ...configuration.orchestration, jobs } })).toThrow(
      /config\/dev\.yaml: orchestration\.jobs\.image is missing.*npm run image -- dev/,
    );
  });
});

describe("configuration", () => {
  const complaints = (jobs: unknown): string[] =>
    schema.safeParse({ jobs }).error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];

  test.each([
    [{ image: "europe-west1-docker.pkg.dev/acme/trips-docker/data:latest" }, /^jobs\.image: an image of Artifact Registry by its digest/],
    [{ image: "docker.io/library/python@sha256:0" }, /npm run image -- <environment>/],
    [{ ingest: { cpu: 3 } }, /^jobs\.ingest\.cpu: 1, 2, 4 or 8 vCPU/],
    [{ ingest: { cpu: 1, memoryGib: 5 } }, /^jobs\.ingest\.memoryGib: 0\.5 to 4 GiB with 1 vCPU/],
    [{ dbt: { cpu: 8 } }, /^jobs\.dbt\.memoryGib: 4 to 32 GiB with 8 vCPU/],
    [{ dbt: { memoryGib: 0.7 } }, /a multiple of 0\.5 GiB/],
    [{ dbt: { timeoutMinutes: 2000 } }, /^jobs\.dbt\.timeoutMinutes: 1 to 1440 minutes/],
  ])("%j is refused", (jobs, message) => {
    expect(complaints(jobs)).toEqual([expect.stringMatching(message)]);
  });
});
