import { UNKNOWN, isObject, type ValueObject } from "../../protocol/value";
import type { Cloud } from "../cloud";
import type { PlannedChange } from "../rules";

const ATTRIBUTION = "goog-terraform-provisioned";

/**
 * Plans `terraform_labels` and `effective_labels` from the configured labels, the provider's default labels and the label by which
 * Terraform marks its own creations (existing objects don't get it later).
 */
export function planLabels({ planned, config, prior }: PlannedChange, cloud: Cloud): void {
  const configured = config.labels === null ? {} : config.labels;
  if (!isObject(configured)) {
    planned.terraform_labels = planned.effective_labels = UNKNOWN;
    return;
  }
  const wasLabelled = isObject(prior?.terraform_labels) && ATTRIBUTION in prior.terraform_labels;
  const attribution: ValueObject = cloud.labelsCreations && (prior === null || wasLabelled) ? { [ATTRIBUTION]: "true" } : {};
  const labels = { ...cloud.defaultLabels, ...attribution, ...configured };
  planned.terraform_labels = labels;
  planned.effective_labels = { ...labels };
}
