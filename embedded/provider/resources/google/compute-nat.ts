import { blocksOf, textOf, UNKNOWN, type ValueObject } from "../../protocol/value";
import type { Complaint, ResourceRules } from "../rules";
import { nameComplaints, sameResource } from "./compute-name";
import { planProject, projectOf } from "./project";

/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/compute/resource_compute_router.go */
const computeRouter: ResourceRules = {
  type: "google_compute_router",
  replacedBy: ["name", "network", "encrypted_interconnect_router", "region", "project"],
  filledByCloud: ["bgp.identifier_range", "region", "project"],
  defaults: { "bgp.advertise_mode": "DEFAULT", "bgp.keepalive_interval": 20 },
  sameMeaning: { network: sameResource, region: sameResource },
  id: (router, cloud) => `projects/${projectOf(router, cloud)}/regions/${textOf(router, "region")}/routers/${textOf(router, "name")}`,
  filledIn: (router, cloud) => ({
    project: cloud.project,
    creation_timestamp: new Date(cloud.now()).toISOString(),
    self_link: `https://www.googleapis.com/compute/v1/projects/${projectOf(router, cloud)}/regions/${textOf(router, "region")}/routers/${textOf(router, "name")}`,
  }),
  plan: planProject,
  validate: nameComplaints,
};

/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/compute/resource_compute_router_nat.go */
const computeRouterNat: ResourceRules = {
  type: "google_compute_router_nat",
  replacedBy: ["name", "router", "endpoint_types", "initial_nat_ips", "region", "type", "project"],
  filledByCloud: [
    "auto_network_tier",
    "drain_nat_ips",
    "enable_dynamic_port_allocation",
    "enable_endpoint_independent_mapping",
    "endpoint_types",
    "min_ports_per_vm",
    "nat_ips",
    "region",
    "project",
  ],
  defaults: {
    icmp_idle_timeout_sec: 30,
    tcp_established_idle_timeout_sec: 1200,
    tcp_time_wait_timeout_sec: 120,
    tcp_transitory_idle_timeout_sec: 30,
    udp_idle_timeout_sec: 30,
    type: "PUBLIC",
  },
  sameMeaning: { router: sameResource, region: sameResource, "subnetwork.name": sameResource },
  id: (nat, cloud) => [projectOf(nat, cloud), textOf(nat, "region"), textOf(nat, "router"), textOf(nat, "name")].join("/"),
  filledIn: (_nat, cloud) => ({ project: cloud.project, auto_network_tier: "PREMIUM", endpoint_types: ["ENDPOINT_TYPE_VM"] }),
  plan: planProject,
  validate: (config) => [...nameComplaints(config), ...subnetComplaints(config), ...addressComplaints(config)],
};

/** Rules of the way to the internet. */
export const computeNat: readonly ResourceRules[] = [computeRouter, computeRouterNat];

function subnetComplaints(config: ValueObject): Complaint[] {
  const named = config.subnetwork === UNKNOWN || blocksOf(config, "subnetwork").length > 0;
  const asked = textOf(config, "source_subnetwork_ip_ranges_to_nat") === "LIST_OF_SUBNETWORKS";
  if (config.source_subnetwork_ip_ranges_to_nat === UNKNOWN || named === asked) return [];
  const message = asked ? "LIST_OF_SUBNETWORKS needs subnetwork blocks." : "Subnetwork blocks need LIST_OF_SUBNETWORKS.";
  return [{ attribute: "source_subnetwork_ip_ranges_to_nat", message }];
}

function addressComplaints(config: ValueObject): Complaint[] {
  const automatic = textOf(config, "nat_ip_allocate_option") === "AUTO_ONLY";
  const given = Array.isArray(config.nat_ips) && config.nat_ips.length > 0;
  return automatic && given ? [{ attribute: "nat_ips", message: "Addresses are given though nat_ip_allocate_option is AUTO_ONLY." }] : [];
}
