import { Construct } from "constructs";
import type { AbsenceAlert } from "./absence-alert";
import { promQlSum } from "./metric";
import type { Monitoring } from "./monitoring";
import { PipelineMetrics } from "./pipeline-metrics";
import type { PipelineWatchProps } from "./pipeline-watch-props";
import type { ThresholdAlert } from "./threshold-alert";

const perDay = { aligner: "ALIGN_SUM", periodMinutes: 1440 } as const;

/**
 * Watches the pipelines by what they log: failed tasks, rows that are rejected, deliveries that don't come.
 *
 * ### Cost
 * Three alerts, see the README.
 */
export class PipelineWatch extends Construct {
  /** What is counted from the logs. */
  public readonly metrics: PipelineMetrics;

  /** Fires when tasks failed for good: once for a run, since its last task fails when any other did. */
  public readonly taskFailed: ThresholdAlert;

  /** Fires when too large a share of a delivery was rejected, by service and month. */
  public readonly manyRejected: ThresholdAlert;

  /** Fires when nothing has landed for long. */
  public readonly overdue: AbsenceAlert;

  constructor(monitoring: Monitoring, id: string, props: PipelineWatchProps) {
    super(monitoring, id);
    const { logs, maxRejectedShare = 0.02, overdueDays = 45 } = props;
    this.metrics = new PipelineMetrics(this, "metrics", { environment: monitoring.environment, logs, maxRejectedShare });
    const { failures, deliveries, acceptedRows, rejectedShare } = this.metrics;

    this.taskFailed = monitoring.addAlert(`${id}-task-failed`, {
      title: "Tasks of the pipelines failed",
      severity: "ERROR",
      whatToDo:
        "They were retried in vain; other deliveries went on without them. In Airflow, the run's task `outcome` names what failed; in Cloud Logging, search for `task_failed`: each line's `message` says what happened. Bad input: look into the quarantine bucket for the reasons. Then clear the failed tasks; a repeated run loads just what is missing.",
      metric: failures,
      aggregation: { aligner: "ALIGN_SUM", periodMinutes: 10 },
      above: 0,
    });
    this.manyRejected = monitoring.addAlert(`${id}-many-rejected`, {
      title: `More than ${percent(maxRejectedShare)} of a delivery's rows were rejected`,
      whatToDo:
        "The file has probably changed its form. Read the reasons in the quarantine bucket, compare the file's columns with the contract in `contracts/tables`, mend the contract, run `npm run generate`, and run the month again.",
      metric: rejectedShare,
      aggregation: {
        aligner: "ALIGN_PERCENTILE_99",
        periodMinutes: 60,
        reducer: "REDUCE_MAX",
        groupBy: ["metric.label.service", "metric.label.file_month"],
      },
      above: maxRejectedShare,
    });
    this.overdue = monitoring.addAbsenceAlert(`${id}-overdue`, {
      title: `No delivery has landed for ${String(overdueDays)} days`,
      whatToDo:
        "Does the schedule run: is the DAG `trips` switched on, and its last run green? If so, has the TLC published at all? On a fresh environment nothing has landed yet: run the DAG, or snooze this until you do.",
      metric: deliveries,
      days: overdueDays,
    });

    monitoring.addQueryTile({
      title: "Rows that landed within a day, by service",
      promQl: `sum by (service) (increase(${promQlSum(acceptedRows)}[1d]))`,
    });
    monitoring.addTile({
      title: "Deliveries per day, by service",
      plot: "STACKED_BAR",
      metric: deliveries,
      aggregation: { ...perDay, groupBy: ["metric.label.service"] },
    });
    monitoring.addTile({
      title: "Failed tasks per day",
      plot: "STACKED_BAR",
      metric: failures,
      // It fails because others did.
      where: ['metric.label.task != "outcome"'],
      aggregation: { ...perDay, groupBy: ["metric.label.task"] },
    });
  }
}

/** Without what binary fractions add: 0.07 is 7 %, not 7.000000000000001 %. */
const percent = (share: number): string => `${String(Number((share * 100).toPrecision(6)))} %`;
