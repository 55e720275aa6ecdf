import type { Construct } from "constructs";
import type { Configuration } from "../../config/configuration";
import type { Environment } from "../../constructs/environment/environment";
import { composerTaskLog, jobLog } from "../../constructs/monitoring/pipeline-log";
import type { AirflowBucket } from "../../constructs/orchestration/airflow-bucket";
import { AirflowWatch } from "../../constructs/orchestration/airflow-watch";
import { ComposerEnvironment } from "../../constructs/orchestration/composer-environment";
import { airflowVariables } from "./airflow-variables";
import { composeJobs, type Jobs } from "./jobs";
import type { AirflowHost, OrchestrationParts } from "./orchestration";

/** Composer as configured, and the jobs in which its tasks' work is done. */
export function composeComposer(
  scope: Construct,
  environment: Environment,
  configuration: Configuration,
  bucket: AirflowBucket,
  { workloads, grants, network, encryptionKey }: OrchestrationParts,
): AirflowHost {
  const { orchestrator } = workloads;
  const { snapshots, users, logDays: _days, kind: _kind, jobs: _jobs, vm: _vm, ...settings } = configuration.orchestration;
  const jobs = composeJobs(scope, environment, configuration, { workloads, bucket, network, encryptionKey });
  const airflow = new ComposerEnvironment(scope, "airflow", {
    environment,
    identity: orchestrator,
    bucket,
    network,
    encryptionKey,
    ...settings,
    snapshots: snapshots.enabled ? { cron: snapshots.schedule, timeZone: snapshots.timeZone } : undefined,
    variables: { ...airflowVariables(configuration), ...jobVariables(jobs) },
    destroyHistory: true,
  });
  // Named after the member: by position, taking out one user would take the next one's grant along.
  const use = users.map((member) => airflow.grantUse({ id: `user-${member}`, member }));
  grants.waitFor(orchestrator.grantProjectRole("roles/composer.worker"), bucket.grantWrite(orchestrator), ...jobs.grants, ...use);
  grants.holdBack(airflow);
  return {
    output: { url: airflow.airflowUrl },
    // Ingest says what landed in its job's log, Airflow which task failed in the task's.
    logs: { deliveries: jobLog(jobs.ingest.name), failures: composerTaskLog(airflow.resource.name) },
    // Each workload has a job under its own account: nobody is impersonated.
    identities: null,
    watch: (monitoring) => new AirflowWatch(monitoring, "airflow", airflow),
  };
}

const jobVariables = ({ ingest, dbt }: Jobs): Record<string, string> => ({
  PIPELINE_WORK: "jobs",
  PIPELINE_INGEST_JOB: ingest.name,
  PIPELINE_DBT_JOB: dbt.name,
});
