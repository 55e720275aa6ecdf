import { MonitoringUptimeCheckConfig } from "@cdktf/provider-google/lib/monitoring-uptime-check-config";
import { Construct } from "constructs";
import { googleMetrics } from "./google-metrics";
import type { ThresholdAlertProps } from "./threshold-alert-props";
import type { UptimeCheckProps } from "./uptime-check-props";

/**
 * Fetches a public page over HTTPS from all over the world, and minds its certificate as well.
 *
 * ### Cost
 * The first million checks a month of a project are free, then 0.30 USD per 1,000; every 15 minutes from six regions are 17,280 a month.
 *
 * @see https://cloud.google.com/stackdriver/pricing
 * @throws Error when the host or the path isn't one.
 */
export class UptimeCheck extends Construct {
  /** The check itself. */
  public readonly check: MonitoringUptimeCheckConfig;

  constructor(scope: Construct, id: string, props: UptimeCheckProps) {
    super(scope, id);
    const { environment, title, host, path = "/", content, periodMinutes = 15, timeoutSeconds = 10 } = props;
    if (!/^[a-z0-9.-]+$/i.test(host))
      throw new Error(`The host "${host}" of the uptime check "${title}" must be a bare name like example.com.`);
    if (!path.startsWith("/")) throw new Error(`The path "${path}" of the uptime check "${title}" must begin with a slash.`);
    this.check = new MonitoringUptimeCheckConfig(this, "check", {
      project: environment.projectId,
      displayName: `${title} (${environment.name})`,
      monitoredResource: { type: googleMetrics.uptimeCheckPassed.resourceType, labels: { project_id: environment.projectId, host } },
      httpCheck: { path, port: 443, useSsl: true, validateSsl: true, requestMethod: "GET" },
      ...(content === undefined ? {} : { contentMatchers: [{ content, matcher: "CONTAINS_STRING" }] }),
      period: `${String(periodMinutes * 60)}s`,
      timeout: `${String(timeoutSeconds)}s`,
      userLabels: { ...environment.labels },
    });
  }

  /** What an alert watches, so that it fires when two regions or more fail at once: one may just be cut off itself. */
  public get failing(): Pick<ThresholdAlertProps, "metric" | "where" | "aggregation" | "above" | "forMinutes"> {
    return {
      metric: googleMetrics.uptimeCheckPassed,
      where: [`metric.label.check_id = "${this.check.uptimeCheckId}"`],
      aggregation: { aligner: "ALIGN_NEXT_OLDER", periodMinutes: 20, reducer: "REDUCE_COUNT_FALSE", groupBy: ["resource.label.host"] },
      above: 1,
      forMinutes: 1,
    };
  }
}
