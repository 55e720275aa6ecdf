import type { PipelineLogs } from "./pipeline-metrics-props";

/** What a {@link PipelineWatch} needs to know. */
export interface PipelineWatchProps {
  /** Where the pipelines' lines are found. */
  readonly logs: PipelineLogs;

  /**
   * Share of a delivery's rows that may be rejected before somebody is told: 0 to 1.
   *
   * @default 0.02
   */
  readonly maxRejectedShare?: number;

  /**
   * Days without any landed delivery after which somebody is told.
   *
   * @default 45
   */
  readonly overdueDays?: number;
}
