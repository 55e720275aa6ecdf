import { blocksOf, textOf, type ValueObject } from "../../protocol/value";
import type { Cloud } from "../cloud";
import type { Complaint, ResourceRules } from "../rules";
import { iamMember } from "./iam-member";
import { mustMatch } from "./must-match";
import { planProject, projectOf } from "./project";

const MASKS = /^(SHA256|ALWAYS_NULL|DEFAULT_MASKING_VALUE|LAST_FOUR_CHARACTERS|FIRST_FOUR_CHARACTERS|EMAIL_MASK|DATE_YEAR_MASK)$/;

const dataPolicy: ResourceRules = {
  type: "google_bigquery_datapolicy_data_policy",
  replacedBy: ["data_policy_id", "location", "project"],
  filledByCloud: ["project"],
  id: path,
  filledIn: (policy, cloud) => ({ project: cloud.project, name: path(policy, cloud) }),
  plan: planProject,
  validate: (config) => [
    ...mustMatch(
      config,
      "data_policy_type",
      /^(COLUMN_LEVEL_SECURITY|DATA_MASKING)_POLICY$/,
      "DATA_MASKING_POLICY or COLUMN_LEVEL_SECURITY_POLICY",
    ),
    ...maskComplaints(config),
  ],
};

const dataPolicyIamMember: ResourceRules = {
  ...iamMember("google_bigquery_datapolicy_data_policy_iam_member", ["data_policy_id", "location", "project"], path),
  filledByCloud: ["project", "location"],
  plan: planProject,
};

/** Masks of protected columns, and who reads through them. */
export const bigqueryDataPolicy: readonly ResourceRules[] = [dataPolicy, dataPolicyIamMember];

function path(policy: ValueObject, cloud: Cloud): string {
  return `projects/${projectOf(policy, cloud)}/locations/${textOf(policy, "location")}/dataPolicies/${textOf(policy, "data_policy_id")}`;
}

function maskComplaints(config: ValueObject): Complaint[] {
  return blocksOf(config, "data_masking_policy").flatMap((mask) => {
    const attribute = "data_masking_policy";
    if ((mask.predefined_expression === null) === (mask.routine === null))
      return [{ attribute, message: "Exactly one of predefined_expression and routine must be given." }];
    return mustMatch(mask, "predefined_expression", MASKS, "one of BigQuery's masks, such as ALWAYS_NULL").map(({ message }) => ({
      attribute,
      message,
    }));
  });
}
