import { textOf, type ValueObject } from "../../protocol/value";
import { inventedDigits, inventedHex } from "../cloud";
import type { Complaint, ResourceRules } from "../rules";
import { nameComplaints, sameResource } from "./compute-name";
import { planLabels } from "./labels";
import { mustBeOneOf } from "./one-of";
import { planProject, projectOf } from "./project";

const orDefault = (value: string) => (prior: string, planned: string) => [prior, planned].every((text) => ["", value].includes(text));

/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/compute/resource_compute_global_address.go */
const computeGlobalAddress: ResourceRules = {
  type: "google_compute_global_address",
  replacedBy: ["name", "address", "address_type", "description", "ip_version", "network", "prefix_length", "purpose", "project"],
  filledByCloud: ["address", "prefix_length", "project"],
  defaults: { address_type: "EXTERNAL" },
  sameMeaning: { network: sameResource, address_type: orDefault("EXTERNAL"), ip_version: orDefault("IPV4") },
  id: (address, cloud) => `projects/${projectOf(address, cloud)}/global/addresses/${textOf(address, "name")}`,
  filledIn: (address, cloud) => {
    const path = `projects/${projectOf(address, cloud)}/global/addresses/${textOf(address, "name")}`;
    return {
      project: cloud.project,
      address: `${rangeOf(textOf(address, "name"))}.0`,
      prefix_length: 16,
      creation_timestamp: new Date(cloud.now()).toISOString(),
      label_fingerprint: inventedHex(path, 12),
      self_link: `https://www.googleapis.com/compute/v1/${path}`,
    };
  },
  plan: (change, cloud) => {
    planProject(change, cloud);
    planLabels(change, cloud);
  },
  validate: (config) => [
    ...nameComplaints(config),
    ...mustBeOneOf(config, "address_type", ["EXTERNAL", "INTERNAL"]),
    ...mustBeOneOf(config, "purpose", ["VPC_PEERING", "PRIVATE_SERVICE_CONNECT"]),
    ...peeringComplaints(config),
  ],
};

/**
 * Unlike at Google, nothing keeps a connection from being destroyed, and none stays when it is abandoned.
 *
 * https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/servicenetworking/resource_service_networking_connection.go
 */
const serviceNetworkingConnection: ResourceRules = {
  type: "google_service_networking_connection",
  replacedBy: ["network", "service"],
  sameMeaning: { network: sameResource },
  id: (connection) => ["network", "service"].map((name) => encodeURIComponent(textOf(connection, name))).join(":"),
  filledIn: (connection) => ({ peering: textOf(connection, "service").replaceAll(".", "-") }),
  validate: (config) => mustBeOneOf(config, "deletion_policy", ["ABANDON"]),
};

/** Rules of private services access. */
export const serviceNetworking: readonly ResourceRules[] = [computeGlobalAddress, serviceNetworkingConnection];

/** The first three numbers of the range that Google would choose. */
export function rangeOf(name: string): string {
  return `10.${String(64 + (Number(inventedDigits(name, 4)) % 64))}.0`;
}

function peeringComplaints(config: ValueObject): Complaint[] {
  if (textOf(config, "purpose") !== "VPC_PEERING") return [];
  const needs = { address_type: textOf(config, "address_type") === "INTERNAL", network: config.network !== null };
  return Object.entries(needs)
    .filter(([, given]) => !given)
    .map(([attribute]) => ({ attribute, message: "A range for VPC_PEERING needs address_type INTERNAL and a network." }));
}
