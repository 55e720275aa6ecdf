import { blocksOf, textOf, UNKNOWN, type ValueObject } from "../../protocol/value";
import type { Complaint, ResourceRules } from "../rules";
import { nameComplaints } from "./compute-name";
import { mustBeOneOf } from "./one-of";
import { planProject, projectOf } from "./project";

const KINDS = [
  "disk_consistency_group_policy",
  "group_placement_policy",
  "instance_schedule_policy",
  "snapshot_schedule_policy",
  "workload_policy",
];

/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/compute/resource_compute_resource_policy.go */
export const computeResourcePolicy: ResourceRules = {
  type: "google_compute_resource_policy",
  // The provider would send another name as an update, which Google refuses; so it isn't listed here either.
  replacedBy: [
    "disk_consistency_group_policy.enabled",
    "group_placement_policy.gpu_topology",
    "project",
    "region",
    "workload_policy.accelerator_topology",
    "workload_policy.max_topology_distance",
    "workload_policy.type",
  ],
  filledByCloud: ["project", "region"],
  sameMeaning: { region: (prior, planned) => prior.split("/").at(-1) === planned.split("/").at(-1) },
  id: (policy, cloud) =>
    `projects/${projectOf(policy, cloud)}/regions/${textOf(policy, "region")}/resourcePolicies/${textOf(policy, "name")}`,
  filledIn: (policy, cloud) => ({
    project: cloud.project,
    self_link: `https://www.googleapis.com/compute/v1/${computeResourcePolicy.id(policy, cloud)}`,
  }),
  plan: planProject,
  validate: (config) => [
    ...nameComplaints(config),
    ...kindComplaints(config),
    ...snapshotComplaints(config),
    ...scheduleComplaints(config),
  ],
};

function kindComplaints(config: ValueObject): Complaint[] {
  const given = KINDS.filter((kind) => blocksOf(config, kind).length > 0);
  return given.length > 1 ? [{ attribute: given[0] ?? "", message: `It doesn't go together with ${given.slice(1).join(", ")}.` }] : [];
}

function snapshotComplaints(config: ValueObject): Complaint[] {
  return blocksOf(config, "snapshot_schedule_policy").flatMap((policy) => {
    const problems = blocksOf(policy, "retention_policy").flatMap((retention) =>
      mustBeOneOf(retention, "on_source_disk_delete", ["KEEP_AUTO_SNAPSHOTS", "APPLY_RETENTION_POLICY"]),
    );
    const starts = blocksOf(policy, "schedule").flatMap((schedule) =>
      ["daily_schedule", "hourly_schedule"].flatMap((kind) => blocksOf(schedule, kind)),
    );
    const odd = starts.filter((start) => !/^([0-9]|[01]\d|2[0-3]):00$|^$/.test(textOf(start, "start_time")));
    return [
      ...problems,
      ...odd.map((start) => ({ attribute: "start_time", message: `"${textOf(start, "start_time")}" must be a full hour such as 02:00.` })),
    ].map(({ message }) => ({ attribute: "snapshot_schedule_policy", message }));
  });
}

/** Google takes the policy and refuses it to machines: it must start or stop something. */
function scheduleComplaints(config: ValueObject): Complaint[] {
  return blocksOf(config, "instance_schedule_policy").flatMap((policy) =>
    [policy.vm_start_schedule, policy.vm_stop_schedule].every((block) => block !== UNKNOWN && (!Array.isArray(block) || block.length === 0))
      ? [{ attribute: "instance_schedule_policy", message: "It must have vm_start_schedule or vm_stop_schedule." }]
      : [],
  );
}
