import { LoggingMetric } from "@cdktf/provider-google/lib/logging-metric";
import { Construct } from "constructs";
import { PropagationWait } from "../project/propagation-wait";
import type { LogMetricProps, LogValues } from "./log-metric-props";
import type { Metric } from "./metric";

/**
 * Counts log entries, or keeps the distribution of a number that they hold: from its creation on, never what was logged before.
 *
 * An alert on it waits, since Google answers "Cannot find metric(s) that match type" at first: mostly for a minute or two, by its own words up
 * to ten. If the wait was too short, apply again.
 *
 * ### Cost
 * Charged by volume like other custom metrics beyond 150 MiB a month; a counter of a few series is far below.
 *
 * @see https://github.com/hashicorp/terraform-provider-google/issues/11102
 * @throws Error when the name would break Cloud Logging's rules, or bounds don't ascend.
 */
export class LogMetric extends Construct implements Metric {
  /** The metric itself. */
  public readonly metric: LoggingMetric;

  public readonly type: string;
  public readonly resourceType: string;

  /** Exists once an alert may name the metric. */
  public readonly ready: PropagationWait;

  constructor(scope: Construct, id: string, props: LogMetricProps) {
    super(scope, id);
    const { environment, name, description, filter, resourceType = "global", labels = {}, values, propagationSeconds = 120 } = props;
    if (!/^[A-Za-z0-9_.-][A-Za-z0-9_.,+!*',()%/-]{0,99}$/.test(name)) {
      throw new Error(
        `The log metric's name "${name}" breaks Cloud Logging's rules: use at most 100 of letters, digits, dot, dash and underscore.`,
      );
    }
    checkBounds(name, values);
    const names = Object.keys(labels);
    // Named after the metric: the provider renames none, it makes another and forgets the first.
    this.metric = new LoggingMetric(this, name, {
      project: environment.projectId,
      name,
      description,
      filter,
      metricDescriptor: {
        metricKind: "DELTA",
        valueType: values ? "DISTRIBUTION" : "INT64",
        unit: values?.unit ?? "1",
        labels: names.map((key) => ({ key, valueType: "STRING" })),
      },
      labelExtractors: { ...labels },
      ...(values && { valueExtractor: values.from, bucketOptions: { explicitBuckets: { bounds: [...values.bounds] } } }),
    });
    this.type = `logging.googleapis.com/user/${name}`;
    this.resourceType = resourceType;
    this.ready = new PropagationWait(this, "ready", { seconds: propagationSeconds, triggers: { metric: this.metric.id } });
  }
}

function checkBounds(name: string, values: LogValues | undefined): void {
  const bounds = values?.bounds ?? [0];
  if (bounds.length > 0 && bounds.every((bound, index) => index === 0 || bound > (bounds[index - 1] ?? bound))) return;
  throw new Error(`The log metric "${name}" has bounds ${bounds.join(", ")}: there must be one at least, and each above the one before.`);
}
