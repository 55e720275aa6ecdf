import { isReference, type ResourceView } from "../resource-view";
import { resourceRule } from "../rule";

/** What is wrong when an argument isn't literally what it must be. */
function unless(resource: ResourceView, path: string, wanted: boolean): string[] {
  const set = resource.value(path);
  return set === wanted || isReference(set) ? [] : [`${path} isn't ${String(wanted)}`];
}

const external = (resource: ResourceView): string[] =>
  ["network_interface.access_config", "network_interface.ipv6_access_config"]
    .filter((path) => resource.has(path))
    .map((path) => `${path} gives it a public address`);

const WORKFLOW_PATH = "placement.managed_cluster.config.gce_cluster_config.internal_ip_only";

/** Machines and databases are reached from the network only. */
const FAULTS: Readonly<Record<string, (resource: ResourceView) => string[]>> = {
  google_compute_instance: external,
  google_compute_instance_template: external,
  google_compute_region_instance_template: external,
  google_sql_database_instance: (instance) => unless(instance, "settings.ip_configuration.ipv4_enabled", false),
  google_dataproc_cluster: (cluster) => unless(cluster, "cluster_config.gce_cluster_config.internal_ip_only", true),
  google_dataproc_workflow_template: (template) => (template.has("placement.managed_cluster") ? unless(template, WORKFLOW_PATH, true) : []),
  google_composer_environment: (environment) =>
    environment.has("config.private_environment_config") ? [] : unless(environment, "config.enable_private_environment", true),
};

export const publicAddress = resourceRule({
  id: "public-address",
  severity: "error",
  reason: "A public address is found by scanners within minutes, and costs money.",
  mend: "Leave it out or switch it off; reach the machine through Identity-Aware Proxy and the internet through Cloud NAT.",
  reads: {
    google_compute_instance: ["network_interface.access_config", "network_interface.ipv6_access_config"],
    google_compute_instance_template: ["network_interface.access_config", "network_interface.ipv6_access_config"],
    google_compute_region_instance_template: ["network_interface.access_config", "network_interface.ipv6_access_config"],
    google_sql_database_instance: ["settings.ip_configuration.ipv4_enabled"],
    google_dataproc_cluster: ["cluster_config.gce_cluster_config.internal_ip_only"],
    google_dataproc_workflow_template: ["placement.managed_cluster", WORKFLOW_PATH],
    google_composer_environment: ["config.enable_private_environment", "config.private_environment_config"],
  },
  check: (resource) => FAULTS[resource.type]?.(resource) ?? [],
});
