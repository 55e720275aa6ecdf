import type { Construct } from "constructs";
import { Alert } from "./alert";
import type { LogAlertProps } from "./log-alert-props";

/**
 * Alerts when a log entry appears, without a metric in between: for what must never happen, such as what the audit log tells.
 *
 * ### Cost
 * Unknown whether Google charges its condition as it does a {@link ThresholdAlert}'s.
 *
 * @see https://cloud.google.com/logging/docs/alerting/log-based-alerts
 */
export class LogAlert extends Alert {
  constructor(scope: Construct, id: string, props: LogAlertProps) {
    const { filter, details = {}, minutesBetweenMessages = 60 } = props;
    const names = Object.keys(details);
    super(scope, id, props, {
      condition: {
        conditionMatchedLog: {
          filter: filter.join("\nAND "),
          labelExtractors: Object.fromEntries(Object.entries(details).map(([name, field]) => [name, `EXTRACT(${field})`])),
        },
      },
      // Required by Google for this kind of condition, and refused with the others.
      strategy: { notificationRateLimit: { period: `${String(minutesBetweenMessages * 60)}s` } },
      // Two dollars: the variable is Google's to fill in, not Terraform's.
      details: names.length === 0 ? "" : `\n\n${names.map((name) => `- ${name}: $\${log.extracted_label.${name}}`).join("\n")}`,
    });
  }
}
