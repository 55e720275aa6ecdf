import type { ResourceView } from "../resource-view";
import { resourceRule } from "../rule";

/** Nobody owns more than a /8: two halves of the internet are the internet. */
const SHORTEST_PREFIX = 8;

const isHuge = (range: string): boolean => /\/\d+$/.test(range) && Number(range.split("/").at(-1)) < SHORTEST_PREFIX;

/** Where each type lists the addresses that it lets in. */
const RANGES_OF: Readonly<Record<string, string>> = {
  google_compute_firewall: "source_ranges",
  google_compute_firewall_policy_rule: "match.src_ip_ranges",
  google_compute_network_firewall_policy_rule: "match.src_ip_ranges",
  google_compute_region_network_firewall_policy_rule: "match.src_ip_ranges",
  google_composer_environment: "config.web_server_network_access_control.allowed_ip_range.value",
  google_container_cluster: "master_authorized_networks_config.cidr_blocks.cidr_block",
  google_sql_database_instance: "settings.ip_configuration.authorized_networks.value",
};

const SOURCES = ["source_ranges", "source_tags", "source_service_accounts"];

/** Rules of a firewall also refuse, and also speak of what goes out. */
function isDoor(resource: ResourceView): boolean {
  if (resource.type === "google_compute_firewall") return resource.has("allow") && resource.value("direction") !== "EGRESS";
  if (resource.type.endsWith("_policy_rule")) return resource.value("action") === "allow" && resource.value("direction") !== "EGRESS";
  return true;
}

/** No door that is open to the whole internet, or a good part of it. */
export const openIngress = resourceRule({
  id: "open-ingress",
  severity: "error",
  reason: "The whole internet may knock.",
  mend: "Name the networks that need it, for people Identity-Aware Proxy's 35.235.240.0/20.",
  reads: Object.fromEntries(
    Object.entries(RANGES_OF).map(([type, path]) => [
      type,
      [
        path,
        ...(type === "google_compute_firewall" ? ["allow", "direction", ...SOURCES] : []),
        ...(type.endsWith("_policy_rule") ? ["action", "direction"] : []),
      ],
    ]),
  ),
  check: (resource) => {
    if (!isDoor(resource)) return [];
    if (resource.type === "google_compute_firewall" && !SOURCES.some((source) => resource.has(source))) {
      return ["the rule names no source, which means everywhere"];
    }
    const path = RANGES_OF[resource.type] ?? "";
    return resource
      .texts(path)
      .filter(isHuge)
      .map((range) => `${path} lets in ${range}`);
  },
});
