import { blocksOf, textOf, type ValueObject } from "../../protocol/value";
import { inventedHex, type Cloud } from "../cloud";
import type { ResourceRules } from "../rules";
import { jobComplaints } from "./cloud-run-job-checks";
import { sameResource } from "./compute-name";
import { iamMember } from "./iam-member";
import { planLabels } from "./labels";
import { planProject, projectOf } from "./project";

const task = (name: string): string => `template.template.${name}`;

/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/cloudrunv2/resource_cloud_run_v2_job.go */
const cloudRunJob: ResourceRules = {
  type: "google_cloud_run_v2_job",
  replacedBy: ["name", "location", "project"],
  filledByCloud: [
    "project",
    "launch_stage",
    "template.parallelism",
    "template.task_count",
    ...["containers", "containers.resources", "containers.resources.limits", "containers.startup_probe"].map(task),
    ...["execution_environment", "service_account", "timeout", "vpc_access.egress"].map(task),
    ...["network", "subnetwork"].map((name) => task(`vpc_access.network_interfaces.${name}`)),
  ],
  defaults: {
    deletion_protection: true,
    [task("max_retries")]: 3,
    [task("containers.env.value")]: "",
    [task("volumes.empty_dir.medium")]: "MEMORY",
  },
  sameMeaning: { name: sameResource },
  changedByUpdate: ["generation", "update_time", "etag", "last_modifier"],
  id: jobPath,
  filledIn: (job, cloud) => {
    const now = new Date(cloud.now()).toISOString();
    const [inner] = blocksOf(job, "template").flatMap((template) => blocksOf(template, "template"));
    const seed = jobPath(job, cloud);
    return {
      project: cloud.project,
      uid: inventedHex(seed, 32),
      etag: inventedHex(`${seed}${now}`, 16),
      generation: now,
      create_time: now,
      update_time: now,
      launch_stage: "GA",
      reconciling: false,
      execution_count: 0,
      "template.parallelism": 0,
      "template.task_count": 1,
      [task("execution_environment")]: "EXECUTION_ENVIRONMENT_GEN2",
      [task("service_account")]: inner ? textOf(inner, "service_account") : "",
      [task("timeout")]: "600s",
      [task("containers.resources")]: [{ limits: { cpu: "1000m", memory: "512Mi" } }],
      [task("containers.resources.limits")]: { cpu: "1000m", memory: "512Mi" },
      [task("vpc_access.egress")]: "PRIVATE_RANGES_ONLY",
    };
  },
  plan: (change, cloud) => {
    planProject(change, cloud);
    planLabels(change, cloud);
    // What others annotate isn't touched; here there is nobody else.
    if (change.config.annotations === null) change.planned.effective_annotations = change.prior?.effective_annotations ?? {};
    else change.planned.effective_annotations = change.config.annotations ?? {};
  },
  validate: jobComplaints,
  refuseDestroy: (job) =>
    job.deletion_protection === false
      ? undefined
      : `The job ${textOf(job, "name")} is protected from deletion: deploy it with deletion_protection = false first.`,
};

/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/cloudrunv2/iam_cloud_run_v2_job.go */
const cloudRunJobIamMember: ResourceRules = {
  ...iamMember("google_cloud_run_v2_job_iam_member", ["name", "location", "project"], jobPath),
  filledByCloud: ["location", "project"],
  sameMeaning: { name: sameResource },
  plan: planProject,
};

/** Rules of Cloud Run's jobs. */
export const cloudRunJobs: readonly ResourceRules[] = [cloudRunJob, cloudRunJobIamMember];

function jobPath(jobOrGrant: ValueObject, cloud: Cloud): string {
  const name = textOf(jobOrGrant, "name");
  if (name.startsWith("projects/")) return name;
  return `projects/${projectOf(jobOrGrant, cloud)}/locations/${textOf(jobOrGrant, "location")}/jobs/${name}`;
}
