import type { Construct } from "constructs";
import { apiAggregation } from "./aggregation";
import { Alert } from "./alert";
import { seriesFilter } from "./metric";
import type { ThresholdAlertProps } from "./threshold-alert-props";

/**
 * Alerts when a metric is above a value.
 *
 * ### Cost
 * Google charges by condition and month and by time series looked at; see the README for what is known.
 */
export class ThresholdAlert extends Alert {
  constructor(scope: Construct, id: string, props: ThresholdAlertProps) {
    const { metric, where, aggregation, above, forMinutes = 0 } = props;
    super(scope, id, props, {
      condition: {
        conditionThreshold: {
          filter: seriesFilter(metric, where),
          aggregations: [apiAggregation(aggregation)],
          comparison: "COMPARISON_GT",
          thresholdValue: above,
          duration: `${String(forMinutes * 60)}s`,
          trigger: { count: 1 },
        },
      },
      dependsOn: metric.ready ? [metric.ready] : [],
    });
  }
}
