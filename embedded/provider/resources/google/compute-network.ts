import { textOf } from "../../protocol/value";
import { inventedDigits } from "../cloud";
import type { ResourceRules } from "../rules";
import { nameComplaints } from "./compute-name";
import { planProject, projectOf } from "./project";

/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/compute/resource_compute_network.go */
export const computeNetwork: ResourceRules = {
  type: "google_compute_network",
  replacedBy: [
    "name",
    "auto_create_subnetworks",
    "description",
    "enable_ula_internal_ipv6",
    "internal_ipv6_range",
    "network_profile",
    "params",
    "params.*",
    "project",
  ],
  filledByCloud: [
    "internal_ipv6_range",
    "mtu",
    "bgp_always_compare_med",
    "bgp_best_path_selection_mode",
    "bgp_inter_region_cost",
    "routing_mode",
    "project",
  ],
  defaults: {
    auto_create_subnetworks: true,
    network_firewall_policy_enforcement_order: "AFTER_CLASSIC_FIREWALL",
    delete_default_routes_on_create: false,
  },
  id: (network, cloud) => `projects/${projectOf(network, cloud)}/global/networks/${textOf(network, "name")}`,
  filledIn: (network, cloud) => {
    const path = `projects/${projectOf(network, cloud)}/global/networks/${textOf(network, "name")}`;
    return {
      project: cloud.project,
      self_link: `https://www.googleapis.com/compute/v1/${path}`,
      network_id: inventedDigits(path, 19),
      numeric_id: inventedDigits(path, 19),
      routing_mode: "REGIONAL",
      bgp_best_path_selection_mode: "LEGACY",
    };
  },
  plan: planProject,
  validate: nameComplaints,
};
