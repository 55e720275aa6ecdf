import type { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import type { Configuration } from "../../config/configuration";
import { ConfigurationError } from "../../config/configuration-error";
import type { Environment } from "../../constructs/environment/environment";
import { WorkJob } from "../../constructs/jobs/work-job";
import type { Network } from "../../constructs/network/network";
import type { AirflowBucket } from "../../constructs/orchestration/airflow-bucket";
import type { EncryptionKey } from "../../constructs/security/encryption-key";
import { airflowPlaces, MOUNT } from "./airflow-files";
import type { Workloads } from "./workloads";

/** Where the steps of a run leave what they found, in Airflow's bucket. */
const RUNS = "data/runs/";

/** Where ingest exports the dashboard's data to. */
const DASHBOARD = "data/dashboard/";

/** The jobs in which ingest and dbt work for Composer. */
export interface Jobs {
  readonly ingest: WorkJob;
  readonly dbt: WorkJob;

  /** By which the jobs read their code and leave their results, and Airflow starts and follows them. */
  readonly grants: readonly TerraformResource[];
}

/** What other parts give to {@link composeJobs}. */
export interface JobsParts {
  readonly workloads: Workloads;

  /** Holds the code, and the runs. */
  readonly bucket: AirflowBucket;
  readonly network?: Network;
  readonly encryptionKey?: EncryptionKey;
}

/** @throws ConfigurationError while no image was built for them. */
export function composeJobs(
  scope: Construct,
  environment: Environment,
  configuration: Configuration,
  { workloads: { ingest, transform, orchestrator }, bucket, network, encryptionKey }: JobsParts,
): Jobs {
  const { orchestration, postgres } = configuration;
  const shared = { environment, image: imageOf(configuration), mount: { bucket: bucket.bucket, path: MOUNT }, encryptionKey };
  const ingestJob = new WorkJob(scope, "ingest-job", {
    ...shared,
    identity: ingest,
    name: "ingest",
    command: ["python", "-m", "ingest"],
    variables: { PYTHONPATH: airflowPlaces.PIPELINE_INGEST_SOURCE },
    ...orchestration.jobs.ingest,
    // Cloud SQL has a private address only; nothing else that ingest calls has one.
    network: postgres.kind === "cloud_sql" ? network : undefined,
  });
  const dbtJob = new WorkJob(scope, "dbt-job", {
    ...shared,
    identity: transform,
    name: "dbt",
    command: ["sh", `${airflowPlaces.PIPELINE_DBT_PROJECT}/in_job.sh`],
    variables: dbtVariables(configuration),
    ...orchestration.jobs.dbt,
  });
  const grants = [
    ...[ingest, transform].flatMap((workload) => [bucket.grantReadBelow("data/", workload), bucket.grantWriteBelow(RUNS, workload)]),
    bucket.grantWriteBelow(DASHBOARD, ingest),
    ...[ingestJob, dbtJob].map((job) => job.grantRun(orchestrator)),
    // The operation that tells how a run goes belongs to the project, not to the job.
    orchestrator.grantProjectRole("roles/run.viewer"),
  ];
  return { ingest: ingestJob, dbt: dbtJob, grants };
}

function imageOf({ name, orchestration: { jobs } }: Configuration): string {
  if (jobs.image !== undefined) return jobs.image;
  throw new ConfigurationError([
    `config/${name}.yaml: orchestration.jobs.image is missing, in which ingest and dbt work for Composer. This builds it, and writes it there: npm run image -- ${name}`,
  ]);
}

/** What dbt must know wherever it is started; the datasets' names come with each run, from the settings file. */
const dbtVariables = ({ project, location, pipelines }: Configuration): Record<string, string> => ({
  DBT_TARGET: "bigquery",
  DBT_PROJECT_DIR: airflowPlaces.PIPELINE_DBT_PROJECT,
  DBT_PROFILES_DIR: airflowPlaces.PIPELINE_DBT_PROJECT,
  // Beside its project, where dbt would write, nobody may. `in_job.sh` takes from here what is kept.
  DBT_TARGET_PATH: "/tmp/dbt/target",
  DBT_LOG_PATH: "/tmp/dbt/logs",
  DBT_PROJECT_ID: project.id,
  DBT_LOCATION: location,
  DBT_MAXIMUM_BYTES_BILLED: String(pipelines.maximumBytesBilled),
});
