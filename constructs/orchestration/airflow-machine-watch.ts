import { Construct } from "constructs";
import type { AbsenceAlert } from "../monitoring/absence-alert";
import { googleMetrics } from "../monitoring/google-metrics";
import type { LogAlert } from "../monitoring/log-alert";
import { LogMetric } from "../monitoring/log-metric";
import { machineTaskLog } from "../monitoring/pipeline-log";
import type { Monitoring } from "../monitoring/monitoring";
import type { ThresholdAlert } from "../monitoring/threshold-alert";
import type { AirflowMachine } from "./airflow-machine";

const FULL_PERCENT = 85;

/** What its agent calls the logs of tasks, and those of systemd's units. */
const TASK_LOG = "airflow-tasks";
const UNIT_LOG = "airflow-units";

/** Where the tasks of an {@link AirflowMachine} leave their lines in Cloud Logging. */
export const airflowMachineLog = machineTaskLog(TASK_LOG);

/**
 * Watches Airflow on a machine: its parts, its disks, and that it is there at all.
 *
 * ### Cost
 * Three alerts, see the README of `constructs/monitoring`.
 */
export class AirflowMachineWatch extends Construct {
  /** Fires when the machine runs, and database, scheduler or DAG processor don't: the machine itself looks every five minutes. */
  public readonly unhealthy: LogAlert;

  /** Fires when a disk is nearly full. */
  public readonly diskFull: ThresholdAlert;

  /** Fires when nobody has found Airflow healthy for a day, or for four where it has nights: the machine is off, or tells nothing. */
  public readonly down: AbsenceAlert;

  constructor(monitoring: Monitoring, id: string, airflow: AirflowMachine) {
    super(monitoring, id);
    const { instance } = airflow.machine;
    // A long weekend, where the machine is off at night.
    const days = airflow.hasNights ? 4 : 1;
    const ofUnits = [`resource.labels.instance_id = "${instance.instanceId}"`, `log_id("${UNIT_LOG}")`];
    this.unhealthy = monitoring.addLogAlert(`${id}-unhealthy`, {
      title: "A part of Airflow doesn't run",
      severity: "ERROR",
      whatToDo:
        "Log in (`gcloud compute ssh trips-airflow --tunnel-through-iap`) and look: `systemctl status 'airflow@*' airflow-postgres`, `journalctl -u google-startup-scripts -u 'airflow@*' -n 200`. To replace the machine loses nothing but runs under way: its disk stays.",
      filter: ['resource.type = "gce_instance"', ...ofUnits, 'jsonPayload.MESSAGE =~ "airflow_unhealthy"'],
    });
    this.diskFull = monitoring.addAlert(`${id}-disk-full`, {
      title: "A disk of Airflow's machine is nearly full",
      whatToDo: `Above ${String(FULL_PERCENT)} %. The data disk: raise \`orchestration.vm.diskGigabytes\`, deploy, and run the start-up script again; shorten Airflow's history by \`airflow db clean\`. The boot disk: what runs left below /home/airflow/gcs/data/runs is in the bucket and may go.`,
      metric: googleMetrics.diskPercentUsed,
      where: [`resource.label.instance_id = "${instance.instanceId}"`, 'metric.label.state = "used"'],
      aggregation: { aligner: "ALIGN_MEAN", periodMinutes: 5, groupBy: ["metric.label.device"] },
      above: FULL_PERCENT,
      forMinutes: 15,
    });
    const healthy = new LogMetric(this, "healthy", {
      environment: monitoring.environment,
      name: "trips-airflow-healthy",
      description: "Looks at Airflow's health, every five minutes, that found nothing wrong.",
      resourceType: "gce_instance",
      filter: ['resource.type = "gce_instance"', ...ofUnits, 'jsonPayload.MESSAGE =~ "airflow_healthy"'].join("\nAND "),
    });
    this.down = monitoring.addAbsenceAlert(`${id}-down`, {
      title: `Airflow hasn't been healthy for ${String(days)} ${days === 1 ? "day" : "days"}`,
      severity: "ERROR",
      whatToDo:
        "Does the machine run? `gcloud compute instances start trips-airflow`. If it doesn't start, the zone may lack machines of its type: choose another `orchestration.vm.machineType`. If it runs, its agent may be missing: `journalctl -u google-startup-scripts` says why.",
      metric: healthy,
      days,
    });
  }
}
