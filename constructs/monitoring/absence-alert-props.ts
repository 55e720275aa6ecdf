import type { AlertProps } from "./alert-props";
import type { Metric } from "./metric";

/** What an {@link AbsenceAlert} needs to know. */
export interface AbsenceAlertProps extends AlertProps {
  /** A counter of what should keep happening. */
  readonly metric: Metric;

  /** Days without a count after which somebody is told: 1 to 365. */
  readonly days: number;
}
