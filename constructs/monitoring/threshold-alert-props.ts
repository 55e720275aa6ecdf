import type { Aggregation } from "./aggregation";
import type { AlertProps } from "./alert-props";
import type { Metric } from "./metric";

/** What a {@link ThresholdAlert} needs to know. */
export interface ThresholdAlertProps extends AlertProps {
  /** What is watched. */
  readonly metric: Metric;

  /**
   * Further comparisons that choose time series, e.g. `metric.label.service = "yellow"`.
   *
   * @default []
   */
  readonly where?: readonly string[];

  /** How the time series are brought to those that are compared; each group has incidents of its own. */
  readonly aggregation: Aggregation;

  /** The greatest value that is still fine; in the metric's unit. */
  readonly above: number;

  /**
   * Minutes for which the value must be above.
   *
   * @default 0 - at once
   */
  readonly forMinutes?: number;
}
