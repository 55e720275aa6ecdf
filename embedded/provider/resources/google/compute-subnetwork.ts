import { blocksOf, textOf, type ValueObject } from "../../protocol/value";
import { inventedDigits, inventedHex } from "../cloud";
import type { Complaint, ResourceRules } from "../rules";
import { nameComplaints, sameResource } from "./compute-name";
import { parseRange, shrinks } from "./ip-range";
import { planProject, projectOf } from "./project";

/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/compute/resource_compute_subnetwork.go */
export const computeSubnetwork: ResourceRules = {
  type: "google_compute_subnetwork",
  replacedBy: [
    "name",
    "network",
    "description",
    "enable_flow_logs",
    "external_ipv6_prefix",
    "ip_collection",
    "params",
    "params.*",
    "region",
    "reserved_internal_range",
    "project",
  ],
  filledByCloud: [
    "enable_flow_logs",
    "external_ipv6_prefix",
    "ip_cidr_range",
    "private_ip_google_access",
    "private_ipv6_google_access",
    "purpose",
    "region",
    "secondary_ip_range",
    "secondary_ip_range.ip_cidr_range",
    "stack_type",
    "project",
  ],
  defaults: {
    "log_config.aggregation_interval": "INTERVAL_5_SEC",
    "log_config.filter_expr": "true",
    "log_config.flow_sampling": 0.5,
    "log_config.metadata": "INCLUDE_ALL_METADATA",
  },
  changedByUpdate: ["fingerprint"],
  sameMeaning: { network: sameResource, region: sameResource, reserved_internal_range: sameResource },
  // A subnet grows in place; a smaller or other range is another subnet.
  alsoReplacedBy: (prior, planned) => (shrinks(textOf(prior, "ip_cidr_range"), textOf(planned, "ip_cidr_range")) ? ["ip_cidr_range"] : []),
  id: (subnet, cloud) => `projects/${projectOf(subnet, cloud)}/regions/${textOf(subnet, "region")}/subnetworks/${textOf(subnet, "name")}`,
  filledIn: (subnet, cloud) => {
    const path = `projects/${projectOf(subnet, cloud)}/regions/${textOf(subnet, "region")}/subnetworks/${textOf(subnet, "name")}`;
    return {
      project: cloud.project,
      self_link: `https://www.googleapis.com/compute/v1/${path}`,
      subnetwork_id: Number(inventedDigits(path, 15)),
      creation_timestamp: new Date(cloud.now()).toISOString(),
      fingerprint: inventedHex(JSON.stringify(subnet), 12),
      gateway_address: parseRange(textOf(subnet, "ip_cidr_range"))?.gateway ?? "",
      private_ipv6_google_access: "DISABLE_GOOGLE_ACCESS",
      purpose: "PRIVATE",
      stack_type: "IPV4_ONLY",
    };
  },
  plan: planProject,
  validate: (config) => [...nameComplaints(config), ...rangeComplaints(config), ...samplingComplaints(config)],
};

function rangeComplaints(config: ValueObject): Complaint[] {
  const attribute = "ip_cidr_range";
  const range = textOf(config, attribute);
  return range === "" || parseRange(range) ? [] : [{ attribute, message: `"${range}" must be a range of addresses like 10.10.0.0/20.` }];
}

function samplingComplaints(config: ValueObject): Complaint[] {
  return blocksOf(config, "log_config")
    .filter(({ flow_sampling: share }) => typeof share === "number" && (share < 0 || share > 1))
    .map(({ flow_sampling: share }) => ({ attribute: "log_config", message: `flow_sampling ${String(share)} must be from 0 to 1.` }));
}
