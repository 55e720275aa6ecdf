import { named, within } from "./references";

/** How many resources of each type a stack has. */
export const counts = (json: any): Record<string, number> =>
  Object.fromEntries(
    Object.entries<any>(json.resource)
      .map(([type, all]) => [type, Object.keys(all).length] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );

/** Who may do what on what: one line per grant. */
export const grants = (json: any): string[] =>
  resourcesOf(json, /_iam_member$|_dataset_access$/)
    .map(([type, grant]) => {
      const target = type === "google_project_iam_member" ? "project" : within(json, grant);
      const condition = grant.condition === undefined ? "" : ` if ${named(json, grant.condition.expression)}`;
      return `${grantee(json, grant)} ${grant.role ?? "reads"} on ${target}${condition}`;
    })
    .sort();

function grantee(json: any, { member, iam_member, view, routine, dataset }: any): string {
  const authorized = view?.table_id ?? routine?.routine_id ?? dataset?.dataset_id;
  return named(json, member ?? iam_member ?? authorized);
}

/** The few values of each resource that matter in a review, one line each. */
export const values = (json: any): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(worthShowing)
      .map(([type, attributes]): [string, string[]] => {
        const lines = resourcesOf(json, new RegExp(`^${type}$`)).map(([, resource]) => line(json, resource, attributes));
        return [type, lines.sort()];
      })
      .filter(([, lines]) => lines.length > 0),
  );

/** By type: what names a resource, then what matters of it. */
const worthShowing: Readonly<Record<string, readonly string[]>> = {
  google_artifact_registry_repository: ["repository_id", "docker_config.immutable_tags", "kms_key_name", "lifecycle.prevent_destroy"],
  google_bigquery_data_transfer_config: ["display_name", "schedule", "service_account_name"],
  google_bigquery_dataset: [
    "dataset_id",
    "default_table_expiration_ms",
    "default_partition_expiration_ms",
    "delete_contents_on_destroy",
    "default_encryption_configuration.kms_key_name",
  ],
  google_bigquery_row_access_policy: ["policy_id", "table_id", "filter_predicate", "grantees"],
  google_bigquery_table: [
    "dataset_id",
    "table_id",
    "time_partitioning.type",
    "time_partitioning.field",
    "range_partitioning.field",
    "clustering",
    "require_partition_filter",
    "external_data_configuration.metadata_cache_mode",
    "biglake_configuration.table_format",
    "deletion_protection",
  ],
  google_billing_budget: ["display_name", "amount.specified_amount.units", "amount.specified_amount.currency_code"],
  google_composer_environment: [
    "name",
    "config.software_config.image_version",
    "config.environment_size",
    "config.enable_private_environment",
    "config.workloads_config.worker.max_count",
    "config.recovery_config.scheduled_snapshots_config.enabled",
    "lifecycle.prevent_destroy",
  ],
  google_compute_firewall: ["name", "source_ranges", "source_service_accounts", "target_service_accounts", "allow"],
  google_compute_router_nat: ["name", "log_config.filter"],
  google_compute_subnetwork: ["name", "ip_cidr_range", "private_ip_google_access", "log_config.flow_sampling"],
  google_dataproc_cluster: [
    "name",
    "cluster_config.software_config.image_version",
    "cluster_config.master_config.machine_type",
    "cluster_config.worker_config.num_instances",
    "cluster_config.gce_cluster_config.internal_ip_only",
    "cluster_config.lifecycle_config.idle_delete_ttl",
  ],
  google_dataplex_datascan: ["data_scan_id", "execution_spec.trigger", "data_quality_spec.row_filter"],
  google_iam_workload_identity_pool_provider: ["workload_identity_pool_provider_id", "attribute_condition"],
  google_kms_crypto_key: ["name", "rotation_period", "lifecycle.prevent_destroy"],
  google_logging_project_sink: ["name", "destination", "unique_writer_identity"],
  google_monitoring_alert_policy: ["display_name", "severity", "notification_channels"],
  google_monitoring_uptime_check_config: ["display_name", "period", "monitored_resource.labels.host"],
  google_project_iam_audit_config: ["service", "audit_log_config"],
  google_secret_manager_secret: ["secret_id", "rotation.rotation_period", "replication.user_managed.replicas"],
  google_sql_database_instance: [
    "name",
    "settings.tier",
    "settings.availability_type",
    "settings.ip_configuration.ssl_mode",
    "deletion_protection",
    "encryption_key_name",
  ],
  google_sql_user: ["name", "type"],
  google_storage_bucket: [
    "name",
    "versioning.enabled",
    "retention_policy",
    "autoclass.terminal_storage_class",
    "soft_delete_policy.retention_duration_seconds",
    "encryption.default_kms_key_name",
    "force_destroy",
    "lifecycle.prevent_destroy",
  ],
};

const resourcesOf = (json: any, type: RegExp): [string, any][] =>
  Object.entries<any>(json.resource)
    .filter(([name]) => type.test(name))
    .flatMap(([name, all]) => Object.values<any>(all).map((one): [string, any] => [name, one]));

function line(json: any, resource: any, attributes: readonly string[]): string {
  const [, ...others] = attributes;
  const shown = others.flatMap((path) => {
    const value = path.split(".").reduce((found, name) => found?.[name], resource);
    if (value === undefined) return [];
    return `${path.replace(/^.*\.(?=\w+$)/, "")} ${named(json, typeof value === "string" ? value : JSON.stringify(value))}`;
  });
  return [named(json, String(resource[attributes[0]!])), ...shown].join(", ");
}
