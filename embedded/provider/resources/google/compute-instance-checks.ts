import { blocksOf, isObject, textOf, UNKNOWN, type ValueObject } from "../../protocol/value";
import type { Complaint } from "../rules";
import { nameComplaints } from "./compute-name";
import { mustMatch } from "./must-match";
import { mustBeOneOf } from "./one-of";

const METADATA_BYTES = 262_144;

/** What is plainly wrong with a machine: what the provider refuses, and what Compute Engine refuses when it makes the machine. */
export function instanceComplaints(config: ValueObject): Complaint[] {
  return [
    ...nameComplaints(config),
    ...mustMatch(config, "zone", /^(.*\/)?[a-z]+-[a-z]+\d+-[a-f]$/, "a zone such as europe-west1-b"),
    ...mustMatch(config, "machine_type", /^(.*\/)?[a-z]\d?\w*-[a-z0-9-]+$/, "a machine type such as e2-medium"),
    ...mustBeOneOf(config, "desired_status", ["RUNNING", "TERMINATED", "SUSPENDED"]),
    ...mustBeOneOf(config, "key_revocation_action_type", ["STOP", "NONE"]),
    ...blocksOf(config, "attached_disk").flatMap((disk) => mustBeOneOf(disk, "mode", ["READ_WRITE", "READ_ONLY"])),
    ...policyComplaints(config),
    ...metadataComplaints(config),
    ...placeComplaints(config),
  ];
}

function policyComplaints({ resource_policies: policies }: ValueObject): Complaint[] {
  return Array.isArray(policies) && policies.length > 1
    ? [{ attribute: "resource_policies", message: "A machine has one policy at most." }]
    : [];
}

function metadataComplaints({ metadata }: ValueObject): Complaint[] {
  if (!isObject(metadata)) return [];
  const long = Object.entries(metadata).filter(([, value]) => typeof value === "string" && Buffer.byteLength(value) > METADATA_BYTES);
  return long.map(([name]) => ({
    attribute: "metadata",
    message: `"${name}" is longer than the ${String(METADATA_BYTES)} bytes that a value may have.`,
  }));
}

function placeComplaints(config: ValueObject): Complaint[] {
  return blocksOf(config, "network_interface").flatMap((block) => {
    const places = ["network", "subnetwork", "network_attachment"].map((name) => block[name]);
    const isPlaced = places.some((place) => place === UNKNOWN || (typeof place === "string" && place !== ""));
    return isPlaced
      ? []
      : [{ attribute: "network_interface", message: `It must name a network or a subnetwork, not "${textOf(block, "network")}".` }];
  });
}
