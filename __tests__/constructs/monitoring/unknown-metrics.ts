import { googleMetrics } from "../../../constructs/monitoring/google-metrics";
import { resources } from "../synth";

/** Metrics, with their monitored resource, that alerts and charts of a stack name, though neither the stack makes them nor Google's list has them. */
export function unknownMetrics(json: any): string[] {
  const known = new Set([
    ...Object.values(googleMetrics).map(({ type, resourceType }) => `${type} on ${resourceType}`),
    ...resources(json, "google_logging_metric").map(({ name, filter }) => `logging.googleapis.com/user/${name} on ${resourceIn(filter)}`),
    ...resources(json, "google_monitoring_metric_descriptor").map(({ type }) => `${type} on global`),
  ]);
  const distributions = resources(json, "google_logging_metric").filter(({ value_extractor }) => value_extractor !== undefined);
  const sums = new Set(distributions.map(({ name, filter }) => `${sumOf(name)} on ${resourceIn(filter)}`));
  return named(json).filter((metric) => !known.has(metric) && !sums.has(metric));
}

/** PromQL's name for the sum of a log-based distribution: https://cloud.google.com/monitoring/promql/promql-mapping */
const sumOf = (name: string): string => `logging_googleapis_com:user_${name.replaceAll("-", "_")}_sum`;

/** All metrics that alerts and charts name. */
export function named(json: any): string[] {
  const conditions = resources(json, "google_monitoring_alert_policy").flatMap((policy) => policy.conditions);
  const charts = resources(json, "google_monitoring_dashboard").flatMap(
    ({ dashboard_json }) => JSON.parse(dashboard_json).mosaicLayout.tiles,
  );
  return [
    ...conditions.flatMap((each: any) => each.condition_threshold ?? []).map(({ filter }: any) => inFilter(filter)),
    ...conditions.flatMap((each: any) => each.condition_prometheus_query_language ?? []).map(({ query }: any) => inQuery(query)),
    ...charts
      .flatMap(({ widget }: any) => widget.xyChart.dataSets)
      .map(({ timeSeriesQuery: { timeSeriesFilter, prometheusQuery } }: any) =>
        timeSeriesFilter ? inFilter(timeSeriesFilter.filter) : inQuery(prometheusQuery),
      ),
  ];
}

const inFilter = (filter: string): string => `${/metric\.type = "([^"]+)"/.exec(filter)?.[1]} on ${resourceIn(filter)}`;
const inQuery = (query: string): string =>
  `${/\{"([^"]+)"/.exec(query)?.[1] ?? /([a-z_]+:\w+)\{/.exec(query)?.[1]} on ${/monitored_resource="([^"]+)"/.exec(query)?.[1]}`;
const resourceIn = (filter: string): string | undefined => /resource\.type = "([^"]+)"/.exec(filter)?.[1];
