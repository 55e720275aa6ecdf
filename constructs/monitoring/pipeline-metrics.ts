import type { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import { Construct } from "constructs";
import type { WorkloadIdentity } from "../identity/workload-identity";
import { CustomMetric } from "./custom-metric";
import { LogMetric } from "./log-metric";
import { pipelineEvents } from "./pipeline-log";
import type { PipelineMetricsProps } from "./pipeline-metrics-props";

/**
 * What the pipelines tell of themselves: log entries that are counted and values, both as the README describes them.
 *
 * ### Cost
 * See {@link LogMetric} and {@link CustomMetric}: a few KiB a month.
 */
export class PipelineMetrics extends Construct {
  /** Counts tasks that failed for good, by `service` and `task`. */
  public readonly failures: LogMetric;

  /** Counts deliveries that landed, by `service`. */
  public readonly deliveries: LogMetric;

  /** Rows of a delivery that the contract accepted, by `service` and `file_month`. */
  public readonly acceptedRows: CustomMetric;

  /** Share of a delivery's rows that the contract rejected, 0 to 1, by `service` and `file_month`. */
  public readonly rejectedShare: CustomMetric;

  constructor(scope: Construct, id: string, { environment }: PipelineMetricsProps) {
    super(scope, id);
    this.failures = new LogMetric(this, "task-failures", {
      environment,
      name: "trips-task-failures",
      description: "Tasks of the pipelines that failed for good.",
      filter: pipelineEvents(environment, "task_failed"),
      labels: { service: "jsonPayload.service", task: "jsonPayload.task" },
    });
    this.deliveries = new LogMetric(this, "deliveries", {
      environment,
      name: "trips-deliveries",
      description: "Deliveries that landed in the warehouse.",
      filter: pipelineEvents(environment, "delivery_landed"),
      labels: { service: "jsonPayload.service" },
    });
    const labels = { service: "yellow, green, fhv, fhvhv or zones", file_month: "Month of the file, YYYY-MM; empty for zones" };
    this.acceptedRows = new CustomMetric(this, "accepted-rows", {
      environment,
      name: "trips/accepted_rows",
      description: "Rows of a delivery that the contract accepted, written once when it has landed.",
      valueType: "INT64",
      unit: "{rows}",
      labels,
    });
    this.rejectedShare = new CustomMetric(this, "rejected-share", {
      environment,
      name: "trips/rejected_share",
      description: "Share of a delivery's rows that the contract rejected, written once when it has been read.",
      valueType: "DOUBLE",
      labels,
    });
  }

  /** Lets a workload write the log entries and the values; Google offers neither right on less than a project. */
  public grantWrite(workload: WorkloadIdentity): ProjectIamMember[] {
    return ["roles/logging.logWriter", "roles/monitoring.metricWriter"].map((role) => workload.grantProjectRole(role));
  }
}
