import { TerraformOutput, type TerraformStack } from "cdktf";
import type { Environment } from "../environment/environment";
import { WorkloadIdentity } from "../identity/workload-identity";
import { NightSchedule } from "../machine/night-schedule";
import { Monitoring } from "../monitoring/monitoring";
import { Network } from "../network/network";
import { AirflowBucket } from "./airflow-bucket";
import { AirflowMachine } from "./airflow-machine";
import { AirflowMachineWatch } from "./airflow-machine-watch";

/** Airflow on one machine that is off at night, opened by a group of people through a tunnel, and watched. */
export function example(stack: TerraformStack, environment: Environment): void {
  const identity = new WorkloadIdentity(stack, "orchestrator", { environment, workload: "orchestrator", description: "Runs Airflow." });
  const network = new Network(stack, "network", { environment });
  const bucket = new AirflowBucket(stack, "bucket", { environment, destroyObjects: true });

  const airflow = new AirflowMachine(stack, "airflow", {
    environment,
    identity,
    network,
    bucket,
    parallelism: 4,
    airflowConfig: { "api-instance_name": "Trips" },
    variables: { PIPELINE_TARGET: "cloud" },
    nightSchedule: new NightSchedule(stack, "nights", { environment, name: "airflow", timeZone: "Europe/Brussels" }),
    destroyHistory: true,
  });
  airflow.grantUse({ id: "engineers", member: "group:engineers@example.com" });

  const monitoring = new Monitoring(stack, "monitoring", { environment, emails: ["oncall@example.com"] });
  new AirflowMachineWatch(monitoring, "airflow", airflow);

  new TerraformOutput(stack, "url", { value: airflow.airflowUrl });
  new TerraformOutput(stack, "tunnel", { value: airflow.tunnelCommand });
}
