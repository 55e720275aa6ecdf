import { Construct } from "constructs";
import { LogMetric } from "./log-metric";
import { eventFilter, lineField, type PipelineEvent, type PipelineLog } from "./pipeline-log";
import type { PipelineMetricsProps } from "./pipeline-metrics-props";

const SHARES = [0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];
const ROWS = [0, 1e3, 1e4, 1e5, 1e6, 3e6, 1e7, 3e7, 1e8];

/**
 * What the pipelines tell of themselves, counted from the lines of JSON that they log: nobody needs a right to write metrics.
 *
 * ### Cost
 * See {@link LogMetric}: a few KiB a month.
 */
export class PipelineMetrics extends Construct {
  /** Counts tasks that failed for good, by `task` and `service`. */
  public readonly failures: LogMetric;

  /** Counts deliveries that landed, by `service`. */
  public readonly deliveries: LogMetric;

  /** Rows of a delivery that landed, by `service`. */
  public readonly acceptedRows: LogMetric;

  /** Share of a delivery's rows that the contract rejected, 0 to 1, by `service` and `file_month`; also where it was refused for that. */
  public readonly rejectedShare: LogMetric;

  constructor(scope: Construct, id: string, props: PipelineMetricsProps) {
    super(scope, id);
    const { environment, logs, maxRejectedShare = 0.02 } = props;
    const metric = (name: string, description: string, log: PipelineLog, events: readonly PipelineEvent[], labels: readonly string[]) => ({
      environment,
      name: `trips-${name}`,
      description,
      filter: eventFilter(log, ...events),
      resourceType: log.resourceType,
      labels: Object.fromEntries(labels.map((label) => [label, lineField(log, label)])),
    });
    const { failures, deliveries } = logs;
    const values = (field: string, bounds: readonly number[], unit: string) => ({
      values: { from: lineField(deliveries, field), bounds, unit },
    });
    this.failures = new LogMetric(this, "task-failures", {
      ...metric("task-failures", "Tasks of the pipelines that failed for good.", failures, ["task_failed"], ["task", "service"]),
    });
    this.deliveries = new LogMetric(this, "deliveries", {
      ...metric("deliveries", "Deliveries that landed in the warehouse.", deliveries, ["delivery_landed"], ["service"]),
    });
    this.acceptedRows = new LogMetric(this, "accepted-rows", {
      ...metric("accepted-rows", "Rows of a delivery that landed.", deliveries, ["delivery_landed"], ["service"]),
      ...values("rows_accepted", ROWS, "{rows}"),
    });
    const read: readonly PipelineEvent[] = ["delivery_landed", "delivery_refused"];
    this.rejectedShare = new LogMetric(this, "rejected-share", {
      ...metric("rejected-share", "Share of a delivery's rows that was rejected.", deliveries, read, ["service", "file_month"]),
      // Among the bounds, so that a delivery lies below or above it for certain.
      ...values("rejected_share", [...new Set([...SHARES, maxRejectedShare])].sort(ascending), "1"),
    });
  }
}

const ascending = (one: number, other: number): number => one - other;
