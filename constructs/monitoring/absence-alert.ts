import type { Construct } from "constructs";
import type { AbsenceAlertProps } from "./absence-alert-props";
import { Alert } from "./alert";

/**
 * Alerts when something hasn't happened for days. It also fires where it never happened yet, so on a fresh environment.
 *
 * It asks in PromQL, looking once an hour: an ordinary absence condition can wait for a day at most, and the TLC publishes once a month.
 *
 * ### Cost
 * As for a {@link ThresholdAlert}; an hour between two looks instead of half a minute makes the part by time series negligible.
 *
 * @throws Error when the days are none or too many.
 * @see https://docs.cloud.google.com/monitoring/alerts/using-promql - up to 2 years can be looked at (in preview since 2026-07)
 */
export class AbsenceAlert extends Alert {
  constructor(scope: Construct, id: string, props: AbsenceAlertProps) {
    const { title, metric, days } = props;
    if (!Number.isInteger(days) || days < 1 || days > 365) {
      throw new Error(`The alert "${title}" waits for ${String(days)} days: "days" must be a whole number from 1 to 365.`);
    }
    super(scope, id, props, {
      condition: {
        conditionPrometheusQueryLanguage: {
          // Half a count, since PromQL interpolates; and a zero where there is no series at all.
          query: `(sum(increase({"${metric.type}", monitored_resource="${metric.resourceType}"}[${String(days)}d])) or vector(0)) < 0.5`,
          evaluationInterval: "3600s",
        },
      },
      dependsOn: metric.ready ? [metric.ready] : [],
    });
  }
}
