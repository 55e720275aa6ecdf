import { Construct } from "constructs";
import { googleMetrics } from "../monitoring/google-metrics";
import type { Monitoring } from "../monitoring/monitoring";
import type { ThresholdAlert } from "../monitoring/threshold-alert";
import type { ComposerEnvironment } from "./composer-environment";

/**
 * Watches Airflow: DAGs whose run failed, and the environment itself.
 *
 * ### Cost
 * Two alerts, see the README of `constructs/monitoring`.
 */
export class AirflowWatch extends Construct {
  /** Fires when a run of a DAG failed, by DAG. */
  public readonly dagFailed: ThresholdAlert;

  /** Fires when Composer's own DAG, which does nothing, doesn't get through for 15 minutes. */
  public readonly unhealthy: ThresholdAlert;

  constructor(monitoring: Monitoring, id: string, { resource }: ComposerEnvironment) {
    super(monitoring, id);
    this.dagFailed = monitoring.addAlert(`${id}-dag-failed`, {
      title: "A run of a DAG failed",
      severity: "ERROR",
      whatToDo:
        "In Airflow, open the run: the task `outcome` names what failed. What may pass by itself was retried in vain; what is bad input waits in the quarantine bucket. Mend it and clear the failed tasks: what has landed is skipped.",
      metric: googleMetrics.dagRuns,
      where: ['metric.label.state = "failed"'],
      aggregation: { aligner: "ALIGN_SUM", periodMinutes: 10, groupBy: ["resource.label.workflow_name"] },
      above: 0,
    });
    this.unhealthy = monitoring.addAlert(`${id}-unhealthy`, {
      title: "Airflow's environment is unhealthy",
      severity: "ERROR",
      whatToDo:
        "No DAG gets through. In the console, Composer, the environment's page Monitoring: a scheduler or worker without memory (raise `orchestration.workloads`), a DAG file that doesn't parse (Airflow's page says so), or an operation of Google's that is under way.",
      metric: googleMetrics.airflowHealthy,
      where: [`resource.label.environment_name = "${resource.name}"`],
      aggregation: {
        aligner: "ALIGN_NEXT_OLDER",
        periodMinutes: 10,
        reducer: "REDUCE_COUNT_FALSE",
        groupBy: ["resource.label.environment_name"],
      },
      above: 0,
      forMinutes: 15,
    });
    monitoring.addTile({
      title: "Runs of DAGs per day, by outcome",
      plot: "STACKED_BAR",
      metric: googleMetrics.dagRuns,
      aggregation: { aligner: "ALIGN_SUM", periodMinutes: 1440, groupBy: ["metric.label.state"] },
    });
  }
}
