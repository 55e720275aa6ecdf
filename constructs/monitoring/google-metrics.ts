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
   * Runs of DAGs that ended, by DAG and `state` (`success` or `failed`): DELTA, INT64.
   *
   * @see https://cloud.google.com/monitoring/api/metrics_gcp_c#gcp-composer
   */
  dagRuns: { type: "composer.googleapis.com/workflow/run_count", resourceType: "cloud_composer_workflow" },

  /**
   * Whether a DAG of Composer's own, which does nothing, gets through: GAUGE, BOOL.
   *
   * @see https://cloud.google.com/monitoring/api/metrics_gcp_c#gcp-composer
   */
  airflowHealthy: { type: "composer.googleapis.com/environment/healthy", resourceType: "cloud_composer_environment" },

  /**
   * Bytes that a Cloud SQL instance's disk holds: GAUGE, INT64, By.
   *
   * @see https://cloud.google.com/monitoring/api/metrics_gcp_c#gcp-cloudsql
   */
  sqlDiskBytes: { type: "cloudsql.googleapis.com/database/disk/bytes_used", resourceType: "cloudsql_database" },

  /**
   * Connections to a Cloud SQL instance of Postgres, by database: GAUGE, INT64. The metric `network/connections` is MySQL's.
   *
   * @see https://cloud.google.com/monitoring/api/metrics_gcp_c#gcp-cloudsql
   */
  postgresConnections: { type: "cloudsql.googleapis.com/database/postgresql/num_backends", resourceType: "cloudsql_database" },

  /**
   * Messages of a Pub/Sub subscription that nobody has acknowledged yet: GAUGE, INT64, measured every minute.
   *
   * @see https://cloud.google.com/monitoring/api/metrics_gcp_p_z#gcp-pubsub
   */
  waitingMessages: { type: "pubsub.googleapis.com/subscription/num_undelivered_messages", resourceType: "pubsub_subscription" },

  /**
   * Age of the oldest of them: GAUGE, INT64, s.
   *
   * @see https://cloud.google.com/monitoring/api/metrics_gcp_p_z#gcp-pubsub
   */
  oldestWaitingMessage: { type: "pubsub.googleapis.com/subscription/oldest_unacked_message_age", resourceType: "pubsub_subscription" },

  /**
   * How full a machine's disks are, by `device` and `state`, as its Ops Agent tells: GAUGE, DOUBLE, %.
   *
   * @see https://cloud.google.com/monitoring/api/metrics_opsagent#agent-disk
   */
  diskPercentUsed: { type: "agent.googleapis.com/disk/percent_used", resourceType: "gce_instance" },

  /**
   * Whether an uptime check passed, by check and region: GAUGE, BOOL.
   *
   * @see https://cloud.google.com/monitoring/api/metrics_gcp_i_o#gcp-monitoring
   */
  uptimeCheckPassed: { type: "monitoring.googleapis.com/uptime_check/check_passed", resourceType: "uptime_url" },
} as const satisfies Record<string, Metric>;
