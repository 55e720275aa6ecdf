import type { Construct } from "constructs";
import type { Configuration } from "../../config/configuration";
import type { Environment } from "../../constructs/environment/environment";
import type { GrantPropagation } from "../../constructs/identity/grant-propagation";
import type { Monitoring } from "../../constructs/monitoring/monitoring";
import type { PipelineLogs } from "../../constructs/monitoring/pipeline-metrics-props";
import type { Network } from "../../constructs/network/network";
import { AirflowBucket } from "../../constructs/orchestration/airflow-bucket";
import { BucketFiles } from "../../constructs/orchestration/bucket-files";
import type { EncryptionKey } from "../../constructs/security/encryption-key";
import type { Settings } from "../../pipelines/settings/settings";
import type { AirflowOutput } from "../platform-outputs";
import { airflowFiles, pythonLocks } from "./airflow-files";
import { composeAirflowMachine } from "./airflow-machine";
import { composeComposer } from "./composer";
import type { Workloads } from "./workloads";

/** Where Airflow runs. */
export interface AirflowHost {
  /** Where people find it. */
  readonly output: Omit<AirflowOutput, "bucket">;

  /** Where its tasks, and what they start, tell what happened. */
  readonly logs: PipelineLogs;

  /** Accounts that ingest and dbt impersonate; null where each has one of its own to run as. */
  readonly identities: Settings["identities"];

  /** Adds its alerts; called once there is monitoring. */
  readonly watch: (monitoring: Monitoring) => void;
}

/** Airflow in the cloud, with all that it runs. */
export interface Orchestration extends AirflowHost {
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

/** Airflow where the configuration wants it, and in its bucket what it runs; undefined where it is switched off. */
export function composeOrchestration(
  scope: Construct,
  environment: Environment,
  configuration: Configuration,
  parts: OrchestrationParts,
): Orchestration | undefined {
  const { kind, logDays, snapshots, users } = configuration.orchestration;
  if (kind === "none") return undefined;
  const bucket = new AirflowBucket(scope, "airflow-bucket", {
    environment,
    encryptionKey: parts.encryptionKey,
    logDays,
    snapshotDays: snapshots.keepDays,
    destroyObjects: true,
  });
  // Whoever starts runs reads what they leave: `npm run pipelines` reports it. By the member: see composeComposer.
  for (const member of users) bucket.grantReadBelow("data/runs/", { id: `user-${member}`, member });
  const isMachine = kind === "vm";
  const files = new BucketFiles(scope, "airflow-files", { bucket, files: { ...airflowFiles(), ...(isMachine ? pythonLocks : {}) } });
  const host = isMachine
    ? composeAirflowMachine(scope, environment, configuration, { bucket, files }, parts)
    : composeComposer(scope, environment, configuration, bucket, parts);
  return { ...host, bucket, files };
}

/** Where people find it. */
export const airflowOutput = ({ output, bucket }: Orchestration): AirflowOutput => ({ ...output, bucket: bucket.bucket.name });
