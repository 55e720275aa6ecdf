import type { ITerraformDependable } from "cdktf";

/**
 * A metric that exists: one of {@link googleMetrics}, or one that the stack makes ({@link LogMetric}, {@link CustomMetric}). Alerts and tiles
 * take nothing else, so that none of them waits for data that nobody writes.
 */
export interface Metric {
  /** E.g. `bigquery.googleapis.com/query/scanned_bytes_billed`. */
  readonly type: string;

  /** Type of the monitored resource that reports it, e.g. `global`: an alert must name it. */
  readonly resourceType: string;

  /** What must be done before an alert may name the metric; nothing for Google's own. */
  readonly ready?: ITerraformDependable;
}

/**
 * Cloud Monitoring's filter for a metric's time series.
 *
 * @param where Further comparisons, e.g. `metric.label.service = "yellow"`.
 * @see https://cloud.google.com/monitoring/api/v3/filters
 */
export function seriesFilter({ type, resourceType }: Metric, where: readonly string[] = []): string {
  return [`metric.type = "${type}"`, `resource.type = "${resourceType}"`, ...where].join(" AND ");
}

/**
 * PromQL's name for the sum of a distribution's numbers.
 *
 * @see https://cloud.google.com/monitoring/promql/promql-mapping
 */
export function promQlSum({ type, resourceType }: Metric): string {
  const name = type.replace("/", ":").replace(/[^A-Za-z0-9_:]/g, "_");
  return `${name}_sum{monitored_resource="${resourceType}"}`;
}
