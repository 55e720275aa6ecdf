/** What follows from an environment's schema, by path: https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/composer/resource_composer_environment.go */

const workloads = ["scheduler", "triggerer", "web_server", "worker", "dag_processor"] as const;
const sizes = ["cpu", "memory_gb", "storage_gb", "count", "min_count", "max_count"] as const;

export const replacedBy: readonly string[] = [
  "name",
  "region",
  "project",
  "config.node_config.service_account",
  "config.node_config.composer_internal_ipv4_cidr_block",
  "config.node_config.zone",
  "config.node_config.machine_type",
  "config.node_config.disk_size_gb",
  "config.node_config.oauth_scopes",
  "config.node_config.tags",
  "config.node_config.ip_allocation_policy.*",
  "config.private_environment_config.*",
  "config.software_config.python_version",
  "config.encryption_config",
  "config.encryption_config.kms_key_name",
  "storage_config.bucket",
];

/** Optional, and Composer chooses where nothing is said. */
export const filledByCloud: readonly string[] = [
  "region",
  "project",
  "config",
  "config.node_count",
  "config.node_config",
  ...[
    "zone",
    "machine_type",
    "network",
    "subnetwork",
    "composer_network_attachment",
    "disk_size_gb",
    "oauth_scopes",
    "service_account",
  ].map((name) => `config.node_config.${name}`),
  "config.node_config.enable_ip_masq_agent",
  "config.node_config.composer_internal_ipv4_cidr_block",
  "config.software_config",
  ...["image_version", "python_version", "scheduler_count", "web_server_plugins_mode", "cloud_data_lineage_integration"].map(
    (name) => `config.software_config.${name}`,
  ),
  ...["private_environment_config", "web_server_network_access_control", "database_config", "web_server_config", "encryption_config"].map(
    (name) => `config.${name}`,
  ),
  "config.maintenance_window",
  "config.data_retention_config",
  "config.data_retention_config.airflow_metadata_retention_config",
  "config.enable_private_environment",
  "config.enable_private_builds_only",
  "config.environment_size",
  "config.resilience_mode",
  "config.workloads_config",
  ...workloads.flatMap((workload) => [`config.workloads_config.${workload}`, ...sizesOf(workload)]),
  "storage_config",
];

/** Triggerers have no disk; a web server is one, and only workers come and go. */
function sizesOf(workload: (typeof workloads)[number]): string[] {
  const lacks: Readonly<Record<string, readonly string[]>> = {
    scheduler: ["min_count", "max_count"],
    triggerer: [...sizes],
    web_server: ["count", "min_count", "max_count"],
    worker: ["count"],
    dag_processor: ["min_count", "max_count"],
  };
  return sizes.filter((size) => !lacks[workload]?.includes(size)).map((size) => `config.workloads_config.${workload}.${size}`);
}
