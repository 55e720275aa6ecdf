import type { Construct } from "constructs";
import type { Configuration } from "../../config/configuration";
import type { Environment } from "../../constructs/environment/environment";
import { NightSchedule } from "../../constructs/machine/night-schedule";
import type { AirflowBucket } from "../../constructs/orchestration/airflow-bucket";
import { AirflowMachine } from "../../constructs/orchestration/airflow-machine";
import { airflowMachineLog, AirflowMachineWatch } from "../../constructs/orchestration/airflow-machine-watch";
import type { BucketFiles } from "../../constructs/orchestration/bucket-files";
import { airflowVariables } from "./airflow-variables";
import type { AirflowHost, OrchestrationParts } from "./orchestration";

/**
 * Airflow on a machine as configured, where tasks do their work beside it.
 *
 * @param files What the machine must find in the bucket when it is made.
 */
export function composeAirflowMachine(
  scope: Construct,
  environment: Environment,
  configuration: Configuration,
  { bucket, files }: { readonly bucket: AirflowBucket; readonly files: BucketFiles },
  { workloads: { orchestrator, ingest, transform }, grants, network, encryptionKey }: OrchestrationParts,
): AirflowHost {
  const { users, airflowConfig, vm } = configuration.orchestration;
  const { nights, ...size } = vm;
  if (!network) throw new Error("Airflow's machine needs a network: the configuration refuses it without one.");
  const nightSchedule = nights.enabled
    ? new NightSchedule(scope, "airflow-nights", { environment, name: "airflow", ...nights })
    : undefined;
  const airflow = new AirflowMachine(scope, "airflow", {
    environment,
    identity: orchestrator,
    network,
    bucket,
    encryptionKey,
    nightSchedule,
    ...size,
    airflowConfig,
    variables: { ...airflowVariables(configuration), PIPELINE_WORK: "here" },
    destroyHistory: true,
  });
  // Named after the member: by position, taking out one user would take the next one's grant along.
  for (const member of users) airflow.grantUse({ id: `user-${member}`, member });
  grants.waitFor(...airflow.identityGrants, ...(nightSchedule ? [nightSchedule.grant] : []));
  grants.holdBack(airflow);
  airflow.machine.waitFor(files.objects);
  return {
    output: { url: airflow.airflowUrl, tunnel_command: airflow.tunnelCommand },
    logs: { deliveries: airflowMachineLog, failures: airflowMachineLog },
    identities: { ingest: ingest.account.email, transform: transform.account.email },
    watch: (monitoring) => new AirflowMachineWatch(monitoring, "airflow", airflow),
  };
}
