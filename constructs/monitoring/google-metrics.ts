import type { Metric } from "./metric";

/**
 * Google's own metrics that alerts and tiles use, as Google's list has them. To use another, look it up there and add it with the monitored
 * resource that the list names: a wrong pair is refused when the alert is made.
 *
 * @see https://cloud.google.com/monitoring/api/metrics_gcp
 */
export const googleMetrics = {
  /**
   * Bytes billed for queries, all of the project: DELTA, INT64, By. Reported on `global`, unlike `query/statement_scanned_bytes_billed`,
   * which is on `bigquery_project`.
   *
   * @see https://cloud.google.com/monitoring/api/metrics_gcp_a_b#gcp-bigquery
   */
  bytesBilled: { type: "bigquery.googleapis.com/query/scanned_bytes_billed", resourceType: "global" },

  /**
   * Size of a bucket by storage class and kind (live, noncurrent, soft-deleted): GAUGE, DOUBLE, By, measured once a day.
   *
   * @see https://cloud.google.com/monitoring/api/metrics_gcp_p_z#gcp-storage
   */
  bucketBytes: { type: "storage.googleapis.com/storage/v2/total_bytes", resourceType: "gcs_bucket" },

  /**
   * Whether an uptime check passed, by check and region: GAUGE, BOOL.
   *
   * @see https://cloud.google.com/monitoring/api/metrics_gcp_i_o#gcp-monitoring
   */
  uptimeCheckPassed: { type: "monitoring.googleapis.com/uptime_check/check_passed", resourceType: "uptime_url" },
} as const satisfies Record<string, Metric>;
