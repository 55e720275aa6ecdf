const within = (prefix: string, names: readonly string[]): string[] => names.map((name) => `${prefix}.${name}`);

/** Paths below `cluster_config` of the three groups of machines, which differ in little. */
const GROUPS = ["master_config", "worker_config", "preemptible_worker_config"].map((group) => `cluster_config.${group}`);
/** Groups whose machines may be of another kind; the third follows the second. */
const PRIMARY = GROUPS.slice(0, 2);
const MACHINE = ["image_uri", "machine_type", "min_cpu_platform"];
const DISK = ["num_local_ssds", "boot_disk_size_gb", "boot_disk_type", "local_ssd_interface"];
const GCE = "cluster_config.gce_cluster_config";
const FLEXIBILITY = "cluster_config.preemptible_worker_config.instance_flexibility_policy";
const SHIELDED = ["enable_secure_boot", "enable_vtpm", "enable_integrity_monitoring"];

/** `ForceNew` in the real provider's source; of clusters on GKE, which the platform has none of, everything. */
export const clusterReplacedBy: readonly string[] = [
  "name",
  "project",
  "region",
  "virtual_cluster_config.*",
  ...within("cluster_config", ["cluster_tier", "staging_bucket", "temp_bucket", "initialization_action", "initialization_action.*"]),
  ...within(GCE, ["zone", "network", "subnetwork", "tags", "service_account", "service_account_scopes", "internal_ip_only", "metadata"]),
  ...within(`${GCE}.shielded_instance_config`, SHIELDED),
  ...within(GCE, ["reservation_affinity.*", "node_group_affinity.*", "confidential_instance_config.*"]),
  "cluster_config.master_config.num_instances",
  ...PRIMARY.flatMap((group) => within(group, [...MACHINE, "accelerators"])),
  ...GROUPS.flatMap((group) => within(`${group}.disk_config`, DISK)),
  "cluster_config.preemptible_worker_config.preemptibility",
  ...within(FLEXIBILITY, ["instance_selection_list.*", "provisioning_model_mix.*"]),
  ...within("cluster_config.software_config", ["image_version", "override_properties"]),
  "cluster_config.metastore_config.dataproc_metastore_service",
  "cluster_config.endpoint_config.enable_http_port_access",
];

/** `Optional` and `Computed`. */
export const clusterFilledByCloud: readonly string[] = [
  "project",
  "virtual_cluster_config",
  "cluster_config",
  ...within("cluster_config", ["cluster_tier", "temp_bucket", "gce_cluster_config", "software_config", "software_config.image_version"]),
  ...within("cluster_config", ["endpoint_config", "dataproc_metric_config", "auxiliary_node_groups"]),
  ...within(GCE, ["zone", "network", "service_account_scopes", "metadata", "shielded_instance_config"]),
  ...within(GCE, ["reservation_affinity", "node_group_affinity", "confidential_instance_config"]),
  ...GROUPS,
  ...PRIMARY.flatMap((group) => within(group, MACHINE)),
  "cluster_config.worker_config.min_num_instances",
  ...GROUPS.flatMap((group) =>
    within(group, ["num_instances", "disk_config", "disk_config.num_local_ssds", "disk_config.boot_disk_size_gb"]),
  ),
  FLEXIBILITY,
  `${FLEXIBILITY}.instance_selection_list`,
];

/** `Default`. */
export const clusterDefaults: Readonly<Record<string, string | boolean | number>> = {
  region: "global",
  graceful_decommission_timeout: "0s",
  [`${GCE}.internal_ip_only`]: false,
  ...Object.fromEntries(SHIELDED.map((name) => [`${GCE}.shielded_instance_config.${name}`, false])),
  [`${GCE}.confidential_instance_config.enable_confidential_compute`]: false,
  ...Object.fromEntries(GROUPS.map((group) => [`${group}.disk_config.boot_disk_type`, "pd-standard"])),
  "cluster_config.preemptible_worker_config.preemptibility": "PREEMPTIBLE",
  "cluster_config.initialization_action.timeout_sec": 300,
};
