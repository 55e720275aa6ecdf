import { blocksOf, textOf, type ValueObject } from "../../protocol/value";
import type { Complaint, ResourceRules } from "../rules";
import { sameResource } from "./compute-name";
import { machineComplaints } from "./dataproc-machines";
import { planLabels } from "./labels";
import { mustMatch } from "./must-match";
import { planProject, projectOf } from "./project";

const CLUSTER = "placement.managed_cluster.config";
const GROUPS = ["master_config", "worker_config", "secondary_worker_config"];

/**
 * Everything of a template but its labels replaces it.
 *
 * https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/dataproc/resource_dataproc_workflow_template.go
 */
export const dataprocWorkflowTemplate: ResourceRules = {
  type: "google_dataproc_workflow_template",
  schemaVersion: 1,
  replacedBy: [
    "name",
    "location",
    "project",
    "version",
    "dag_timeout",
    "jobs",
    "jobs.*",
    "parameters",
    "parameters.*",
    "placement.*",
    "encryption_config",
    "encryption_config.*",
  ],
  filledByCloud: [
    "project",
    "version",
    "placement.cluster_selector.zone",
    `${CLUSTER}.gce_cluster_config.internal_ip_only`,
    `${CLUSTER}.gce_cluster_config.zone`,
    ...GROUPS.flatMap((group) => [
      `${CLUSTER}.${group}`,
      `${CLUSTER}.${group}.accelerators`,
      `${CLUSTER}.${group}.disk_config`,
      `${CLUSTER}.${group}.disk_config.num_local_ssds`,
      `${CLUSTER}.${group}.min_cpu_platform`,
    ]),
  ],
  sameMeaning: {
    [`${CLUSTER}.gce_cluster_config.subnetwork`]: sameResource,
    [`${CLUSTER}.gce_cluster_config.service_account`]: sameResource,
    [`${CLUSTER}.staging_bucket`]: sameResource,
    [`${CLUSTER}.temp_bucket`]: sameResource,
  },
  id: (template, cloud) =>
    `projects/${projectOf(template, cloud)}/locations/${textOf(template, "location")}/workflowTemplates/${textOf(template, "name")}`,
  filledIn: (_template, cloud) => {
    const now = new Date(cloud.now()).toISOString();
    return { project: cloud.project, version: 1, create_time: now, update_time: now };
  },
  plan: (change, cloud) => {
    planProject(change, cloud);
    planLabels(change, cloud);
  },
  validate: (config) => [
    ...mustMatch(
      config,
      "name",
      /^[a-zA-Z0-9][\w-]{1,48}[a-zA-Z0-9]$/,
      "3 to 50 of letters, digits, _ and -, a letter or digit at both ends",
    ),
    ...stepComplaints(config),
    ...clusterConfigs(config).flatMap((cluster) => GROUPS.flatMap((group) => machineComplaints(cluster, group))),
  ],
};

const clusterConfigs = (config: ValueObject): ValueObject[] =>
  blocksOf(config, "placement")
    .flatMap((placement) => blocksOf(placement, "managed_cluster"))
    .flatMap((cluster) => blocksOf(cluster, "config"));

function stepComplaints(config: ValueObject): Complaint[] {
  const attribute = "jobs";
  const steps = blocksOf(config, attribute).map((job) => textOf(job, "step_id"));
  const twice = steps.filter((step, index) => step !== "" && steps.indexOf(step) !== index);
  const needed = blocksOf(config, attribute).flatMap(({ prerequisite_step_ids: ids }) => (Array.isArray(ids) ? ids : []));
  return [
    ...twice.map((step) => ({ attribute, message: `The step "${step}" is there twice: each needs an id of its own.` })),
    ...needed
      .filter((id): id is string => typeof id === "string" && !steps.includes(id))
      .map((id) => ({ attribute, message: `A step waits for "${id}", which is no step of the template.` })),
  ];
}
