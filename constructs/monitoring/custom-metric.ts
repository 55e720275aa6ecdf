import { MonitoringMetricDescriptor } from "@cdktf/provider-google/lib/monitoring-metric-descriptor";
import { Construct } from "constructs";
import { PropagationWait } from "../project/propagation-wait";
import type { CustomMetricProps } from "./custom-metric-props";
import type { Metric } from "./metric";

/**
 * A value that programs report to Cloud Monitoring themselves, on the resource `global`: a gauge. Whoever writes it needs the role
 * `roles/monitoring.metricWriter`, which only the project can grant.
 *
 * The descriptor is made here and not by the first value written: an alert can't name a metric without one.
 *
 * ### Cost
 * 8 bytes a value; the first 150 MiB a month of a billing account are free, then 0.258 USD per MiB.
 *
 * @see https://cloud.google.com/stackdriver/pricing
 * @throws Error when the name would break Cloud Monitoring's rules.
 */
export class CustomMetric extends Construct implements Metric {
  /** The descriptor itself. */
  public readonly descriptor: MonitoringMetricDescriptor;

  public readonly type: string;
  public readonly resourceType = "global";

  /** Exists once an alert may name the metric. */
  public readonly ready: PropagationWait;

  constructor(scope: Construct, id: string, props: CustomMetricProps) {
    super(scope, id);
    const { environment, name, description, valueType, unit = "1", labels = {}, propagationSeconds = 120 } = props;
    if (!/^[A-Za-z][A-Za-z0-9_/]{0,99}$/.test(name)) {
      throw new Error(
        `The metric's name "${name}" breaks Cloud Monitoring's rules: use at most 100 of letters, digits, slash and underscore.`,
      );
    }
    this.type = `custom.googleapis.com/${name}`;
    this.descriptor = new MonitoringMetricDescriptor(this, "descriptor", {
      project: environment.projectId,
      type: this.type,
      displayName: name,
      description,
      metricKind: "GAUGE",
      valueType,
      unit,
      labels: Object.entries(labels).map(([key, what]) => ({ key, valueType: "STRING", description: what })),
    });
    this.ready = new PropagationWait(this, "ready", { seconds: propagationSeconds, triggers: { metric: this.descriptor.id } });
  }
}
