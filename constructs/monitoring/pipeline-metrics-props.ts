import type { Environment } from "../environment/environment";
import type { PipelineLog } from "./pipeline-log";

/** Where the pipelines' lines are found. */
export interface PipelineLogs {
  /** Log with a line `task_failed` for each task that failed for good. */
  readonly failures: PipelineLog;

  /** Log with a line `delivery_landed` for each delivery that changed the warehouse, `delivery_refused` for each that was too bad for it. */
  readonly deliveries: PipelineLog;
}

/** What {@link PipelineMetrics} need to know. */
export interface PipelineMetricsProps {
  /** Whose pipelines report. */
  readonly environment: Environment;

  /** Where they do. */
  readonly logs: PipelineLogs;

  /**
   * Share of a delivery's rows, above 0 and at most 1, that the metric of rejected rows must tell apart exactly.
   *
   * @default 0.02
   */
  readonly maxRejectedShare?: number;
}
