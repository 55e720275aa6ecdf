import { Construct } from "constructs";
import type { AbsenceAlert } from "./absence-alert";
import type { Monitoring } from "./monitoring";
import { PipelineMetrics } from "./pipeline-metrics";
import type { PipelineWatchProps } from "./pipeline-watch-props";
import type { ThresholdAlert } from "./threshold-alert";

const perDay = { aligner: "ALIGN_SUM", periodMinutes: 1440 } as const;

/**
 * Watches the pipelines: failed tasks, rows that are rejected, deliveries that don't come. Of use only once somebody writes the log entries and
 * values that the README describes: without them the first two never fire, and the last one does for ever.
 *
 * ### Cost
 * Three alerts, see the README.
 */
export class PipelineWatch extends Construct {
  /** What the pipelines report; whoever does needs {@link PipelineMetrics.grantWrite}. */
  public readonly metrics: PipelineMetrics;

  /** Fires when a task failed for good, by service and task. */
  public readonly taskFailed: ThresholdAlert;

  /** Fires when too large a share of a delivery was rejected, by service and month. */
  public readonly manyRejected: ThresholdAlert;

  /** Fires when nothing has landed for long. */
  public readonly overdue: AbsenceAlert;

  constructor(monitoring: Monitoring, id: string, props: PipelineWatchProps = {}) {
    super(monitoring, id);
    const { maxRejectedShare = 0.02, overdueDays = 45 } = props;
    this.metrics = new PipelineMetrics(this, "metrics", { environment: monitoring.environment });
    const { failures, deliveries, acceptedRows, rejectedShare } = this.metrics;

    this.taskFailed = monitoring.addAlert(`${id}-task-failed`, {
      title: "A task of the pipelines failed",
      severity: "ERROR",
      whatToDo:
        "The task was retried in vain; other deliveries went on without it. Look at the failed task in Airflow, or at the log `trips-pipelines`, field `message`. Bad input: look into the quarantine bucket for the reasons. Then clear the task; a repeated run loads just what is missing.",
      metric: failures,
      aggregation: { aligner: "ALIGN_SUM", periodMinutes: 10, groupBy: ["metric.label.service", "metric.label.task"] },
      above: 0,
    });
    this.manyRejected = monitoring.addAlert(`${id}-many-rejected`, {
      title: `More than ${percent(maxRejectedShare)} of a delivery's rows were rejected`,
      whatToDo:
        "The file has probably changed its form. Read the reasons in the quarantine bucket, compare the file's columns with the contract in `contracts/tables`, mend the contract, run `npm run generate`, and run the month again.",
      metric: rejectedShare,
      aggregation: {
        aligner: "ALIGN_MAX",
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

    monitoring.addTile({
      title: "Rows ingested per day, by service",
      plot: "STACKED_BAR",
      metric: acceptedRows,
      aggregation: { ...perDay, groupBy: ["metric.label.service"] },
    });
    monitoring.addTile({
      title: "Failed tasks per day",
      plot: "STACKED_BAR",
      metric: failures,
      aggregation: { ...perDay, groupBy: ["metric.label.task"] },
    });
  }
}

/** Without what binary fractions add: 0.07 is 7 %, not 7.000000000000001 %. */
const percent = (share: number): string => `${String(Number((share * 100).toPrecision(6)))} %`;
