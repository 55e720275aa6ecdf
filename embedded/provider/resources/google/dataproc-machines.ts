import { blocksOf, isObject, textOf, type ValueObject } from "../../protocol/value";
import type { Complaint } from "../rules";

const ATTRIBUTE = "cluster_config";
const SHARED_CORE = /^(?:.*\/)?(e2-(micro|small|medium)|f1-micro|g1-small)$/;
const PREEMPTIBILITIES = ["PREEMPTIBILITY_UNSPECIFIED", "NON_PREEMPTIBLE", "PREEMPTIBLE", "SPOT"];
const DAY = 86_400;

/** What Dataproc refuses of a group of machines. @see https://cloud.google.com/dataproc/docs/concepts/compute/supported-machine-types */
export function machineComplaints(config: ValueObject, group: string): Complaint[] {
  return blocksOf(config, group).flatMap((machines) => {
    const problems: string[] = [];
    const machineType = textOf(machines, "machine_type");
    const preemptibility = textOf(machines, "preemptibility");
    if (SHARED_CORE.test(machineType)) problems.push(`machine_type "${machineType}" shares its core, which Dataproc doesn't support.`);
    if (preemptibility !== "" && !PREEMPTIBILITIES.includes(preemptibility))
      problems.push(`preemptibility "${preemptibility}" must be one of ${PREEMPTIBILITIES.join(", ")}.`);
    for (const { boot_disk_size_gb: size } of blocksOf(machines, "disk_config"))
      if (typeof size === "number" && size < 10) problems.push(`boot_disk_size_gb ${String(size)} must be at least 10.`);
    if (group === "master_config" && typeof machines.num_instances === "number" && ![1, 3].includes(machines.num_instances))
      problems.push(`num_instances ${String(machines.num_instances)} must be 1 or 3.`);
    if (group === "worker_config" && machines.num_instances === 1)
      problems.push("num_instances 1 must be 0, with dataproc:dataproc.allow.zero.workers, or at least 2.");
    return problems.map((problem) => ({ attribute: ATTRIBUTE, message: `${group}: ${problem}` }));
  });
}

/** What Dataproc refuses of a cluster as a whole. */
export function clusterComplaints(config: ValueObject): Complaint[] {
  return [...idleComplaints(config), ...networkComplaints(config), ...zeroWorkersComplaints(config)];
}

function idleComplaints(config: ValueObject): Complaint[] {
  return blocksOf(config, "lifecycle_config")
    .map((lifeCycle) => textOf(lifeCycle, "idle_delete_ttl"))
    .filter((ttl) => ttl !== "" && !(/^\d+(\.\d+)?s$/.test(ttl) && parseFloat(ttl) >= 600 && parseFloat(ttl) <= 14 * DAY))
    .map((ttl) => ({
      attribute: ATTRIBUTE,
      message: `idle_delete_ttl "${ttl}" must be seconds from 600s (10 minutes) to 1209600s (14 days).`,
    }));
}

function networkComplaints(config: ValueObject): Complaint[] {
  return blocksOf(config, "gce_cluster_config")
    .filter((gce) => textOf(gce, "network") !== "" && textOf(gce, "subnetwork") !== "")
    .map(() => ({ attribute: ATTRIBUTE, message: "gce_cluster_config names network or subnetwork, not both." }));
}

/** A cluster without workers is one only when a property says so; else Dataproc makes two. */
function zeroWorkersComplaints(config: ValueObject): Complaint[] {
  const allowed = blocksOf(config, "software_config").some(
    ({ override_properties: properties }) => isObject(properties) && properties["dataproc:dataproc.allow.zero.workers"] === "true",
  );
  const none = blocksOf(config, "worker_config").some(({ num_instances: count }) => count === 0);
  return none && !allowed
    ? [{ attribute: ATTRIBUTE, message: "worker_config: 0 num_instances need the property dataproc:dataproc.allow.zero.workers." }]
    : [];
}
