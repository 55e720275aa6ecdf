import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { Grantee } from "../identity/grantee";
import { Machine } from "../machine/machine";
import type { AirflowMachineProps } from "./airflow-machine-props";
import { machineEnvironment } from "./machine-environment";

/** Port of Airflow's page and API. */
export const AIRFLOW_PORT = 8080;

const script = (name: string): string => readFileSync(join(__dirname, "airflow-machine", name), "utf8");

/**
 * Airflow on one small machine: its database on the data disk, DAGs from a bucket within a minute, logs to it, and no page but through a tunnel.
 * A machine that is lost is made again by its start-up script; runs under way fail then, and their tasks are retried.
 *
 * Who comes through the tunnel is Airflow's administrator, without a further password: Identity-Aware Proxy has asked who he is, lets in whom
 * {@link grantUse} names, and notes it. Nothing else reaches the port.
 *
 * ### Cost
 * e2-standard-2 53.81 USD a month, with nights and weekends off about 21; its disks of 40 GB 4 USD; the bucket's listing every minute 0.65 USD
 * (europe-west1, 2026-07). Composer's smallest environment costs about 292 to 526 USD.
 *
 * @throws Error for what a {@link Machine} refuses, or a variable that Airflow or Composer has for itself.
 */
export class AirflowMachine extends Construct {
  /** What it runs on. */
  public readonly machine: Machine;

  /** Airflow's page on one's own machine, while {@link tunnelCommand} runs. */
  public readonly airflowUrl = `http://localhost:${String(AIRFLOW_PORT)}`;

  /** Opens the tunnel to the page and the API. */
  public readonly tunnelCommand: string;

  /** Whether it is off at times. */
  public readonly hasNights: boolean;

  /** What its account needs besides the DAGs' own rights; the machine is to be made once they are in force. */
  public readonly identityGrants: readonly TerraformResource[];

  constructor(scope: Construct, id: string, props: AirflowMachineProps) {
    super(scope, id);
    const { environment, identity, network, bucket, machineType = "e2-standard-2", zone, encryptionKey, nightSchedule } = props;
    const { diskGigabytes: gigabytes, snapshotDays, destroyHistory: destroyData } = props;
    this.hasNights = nightSchedule !== undefined;
    network.firewall.allowTunnel(identity, [AIRFLOW_PORT]);
    this.identityGrants = [
      bucket.grantWrite(identity),
      // For its agent, which sends logs and tells how full disks are.
      identity.grantProjectRole("roles/logging.logWriter"),
      identity.grantProjectRole("roles/monitoring.metricWriter"),
    ];
    this.machine = new Machine(this, "machine", {
      environment,
      name: "airflow",
      network,
      identity,
      machineType,
      zone,
      dataDisk: { gigabytes, snapshotDays },
      startupScript: script("start-up.sh"),
      metadata: {
        "airflow-bucket": bucket.bucket.name,
        "airflow-environment": machineEnvironment(props),
        "airflow-sync": script("sync.py"),
      },
      nightSchedule,
      encryptionKey,
      destroyData,
    });
    this.tunnelCommand = this.machine.tunnelCommand(AIRFLOW_PORT);
  }

  /** Lets the grantee open Airflow's page, start DAGs and change what it knows. */
  public grantUse(grantee: Grantee): TerraformResource[] {
    return this.machine.grantTunnel(grantee, AIRFLOW_PORT);
  }
}
