import type { Environment } from "../environment/environment";

/** What {@link PipelineMetrics} need to know. */
export interface PipelineMetricsProps {
  /** Whose pipelines report. */
  readonly environment: Environment;
}
