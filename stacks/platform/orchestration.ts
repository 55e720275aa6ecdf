import type { Construct } from "constructs";
import type { Configuration } from "../../config/configuration";
import type { Environment } from "../../constructs/environment/environment";
import type { GrantPropagation } from "../../constructs/identity/grant-propagation";
import type { Monitoring } from "../../constructs/monitoring/monitoring";
import type { Network } from "../../constructs/network/network";
import { AirflowBucket } from "../../constructs/orchestration/airflow-bucket";
import { AirflowWatch } from "../../constructs/orchestration/airflow-watch";
import { BucketFiles } from "../../constructs/orchestration/bucket-files";
import { ComposerEnvironment } from "../../constructs/orchestration/composer-environment";
import type { EncryptionKey } from "../../constructs/security/encryption-key";
import type { AirflowOutput } from "../platform-outputs";
import { airflowFiles, airflowPlaces } from "./airflow-files";
import type { Workloads } from "./workloads";

/** Airflow in the cloud, with all that it runs. */
export interface Orchestration {
  readonly airflow: ComposerEnvironment;
  readonly bucket: AirflowBucket;

  /** DAGs, dbt project, ingest and contracts. */
  readonly files: BucketFiles;
}

/** What other parts give to {@link composeOrchestration}. */
export interface OrchestrationParts {
  readonly workloads: Workloads;

  /** Waits for what Airflow's account may do, before Airflow is made. */
  readonly grants: GrantPropagation;
  readonly network?: Network;
  readonly encryptionKey?: EncryptionKey;
}

/** Composer as configured, and in its bucket what it runs; undefined where it is switched off. */
export function composeOrchestration(
  scope: Construct,
  environment: Environment,
  { orchestration, pipelines }: Configuration,
  { workloads: { orchestrator }, grants, network, encryptionKey }: OrchestrationParts,
): Orchestration | undefined {
  if (orchestration.kind === "none") return undefined;
  const { snapshots, users, logDays, kind: _kind, ...settings } = orchestration;
  const bucket = new AirflowBucket(scope, "airflow-bucket", {
    environment,
    encryptionKey,
    logDays,
    snapshotDays: snapshots.keepDays,
    destroyObjects: true,
  });
  const airflow = new ComposerEnvironment(scope, "airflow", {
    environment,
    identity: orchestrator,
    bucket,
    network,
    encryptionKey,
    ...settings,
    snapshots: snapshots.enabled ? { cron: snapshots.schedule, timeZone: snapshots.timeZone } : undefined,
    variables: airflowVariables(pipelines),
    destroyHistory: true,
  });
  // Named after the member: by position, taking out one user would take the next one's grant along.
  const use = users.map((member) => airflow.grantUse({ id: `user-${member}`, member }));
  grants.waitFor(orchestrator.grantProjectRole("roles/composer.worker"), bucket.grantWrite(orchestrator), ...use);
  grants.holdBack(airflow);
  return { airflow, bucket, files: new BucketFiles(scope, "airflow-files", { bucket, files: airflowFiles() }) };
}

/** Adds alerts on Airflow; called once there is monitoring. */
export function watchOrchestration(monitoring: Monitoring, { airflow }: Orchestration): AirflowWatch {
  return new AirflowWatch(monitoring, "airflow", airflow);
}

/** Where people find it. */
export const airflowOutput = ({ airflow, bucket }: Orchestration): AirflowOutput => ({
  url: airflow.airflowUrl,
  bucket: bucket.bucket.name,
});

/** What the DAGs must know while they are parsed. */
const airflowVariables = (pipelines: Configuration["pipelines"]): Record<string, string> => ({
  ...airflowPlaces,
  PIPELINE_TARGET: "cloud",
  // A container on somebody's machine is out of Composer's reach, and ingest can't log in to Cloud SQL by its identity yet.
  PIPELINE_POSTGRES: "false",
  PIPELINE_RETRIES: String(pipelines.retries),
  PIPELINE_RETRY_SECONDS: String(pipelines.retrySeconds),
  PIPELINE_FRESHNESS_DAYS: String(pipelines.freshnessDays),
});
