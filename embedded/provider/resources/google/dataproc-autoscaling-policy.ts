import { blocksOf, textOf, type Value, type ValueObject } from "../../protocol/value";
import type { Cloud } from "../cloud";
import type { Complaint, ResourceRules } from "../rules";
import { mustMatch } from "./must-match";
import { planProject, projectOf } from "./project";

/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/dataproc/resource_dataproc_autoscaling_policy.go */
export const dataprocAutoscalingPolicy: ResourceRules = {
  type: "google_dataproc_autoscaling_policy",
  replacedBy: ["location", "project"],
  filledByCloud: ["project"],
  defaults: {
    location: "global",
    "basic_algorithm.cooldown_period": "120s",
    "basic_algorithm.yarn_config.scale_down_min_worker_fraction": 0,
    "basic_algorithm.yarn_config.scale_up_min_worker_fraction": 0,
    "worker_config.min_instances": 2,
    "worker_config.weight": 1,
    "secondary_worker_config.min_instances": 0,
    "secondary_worker_config.max_instances": 0,
    "secondary_worker_config.weight": 1,
  },
  id: policyName,
  filledIn: (policy, cloud) => ({ project: cloud.project, name: policyName(policy, cloud).replace("/locations/", "/regions/") }),
  plan: planProject,
  validate: (config) => [
    ...mustMatch(
      config,
      "policy_id",
      /^[a-zA-Z0-9][\w-]{1,48}[a-zA-Z0-9]$/,
      "3 to 50 of letters, digits, _ and -, a letter or digit at both ends",
    ),
    ...boundsComplaints(config),
    ...algorithmComplaints(config),
  ],
};

function policyName(policy: ValueObject, cloud: Cloud): string {
  return `projects/${projectOf(policy, cloud)}/locations/${textOf(policy, "location")}/autoscalingPolicies/${textOf(policy, "policy_id")}`;
}

function boundsComplaints(config: ValueObject): Complaint[] {
  const primary = boundComplaints(config, "worker_config", 2);
  return [...primary, ...boundComplaints(config, "secondary_worker_config", 0)];
}

function boundComplaints(config: ValueObject, attribute: string, least: number): Complaint[] {
  return blocksOf(config, attribute)
    .map(({ min_instances, max_instances }) => [numberOr(min_instances, least), numberOr(max_instances, Infinity)] as const)
    .filter(([min, max]) => min < least || max < min)
    .map(([min, max]) => ({
      attribute,
      message: `Instances from ${String(min)} to ${String(max)} must begin at ${String(least)} or more and end no lower than they begin.`,
    }));
}

function algorithmComplaints(config: ValueObject): Complaint[] {
  const attribute = "basic_algorithm";
  return blocksOf(config, attribute).flatMap((algorithm) => {
    const factors = blocksOf(algorithm, "yarn_config").flatMap((yarn) => [yarn.scale_up_factor, yarn.scale_down_factor]);
    const cooldown = textOf(algorithm, "cooldown_period");
    const seconds = cooldown === "" ? 120 : parseFloat(cooldown);
    return [
      ...factors
        .filter((factor) => typeof factor === "number" && (factor < 0 || factor > 1))
        .map((factor) => ({ attribute, message: `The factor ${String(factor as number)} must be from 0 to 1.` })),
      ...(seconds >= 120 && seconds <= 86_400
        ? []
        : [{ attribute, message: `cooldown_period "${cooldown}" must be from 120s to 86400s.` }]),
    ];
  });
}

const numberOr = (value: Value | undefined, otherwise: number): number => (typeof value === "number" ? value : otherwise);
