import { canonicalText, isObject, textOf, type ValueObject } from "../../protocol/value";
import { inventedHex, type Cloud } from "../cloud";
import type { Complaint, ResourceRules } from "../rules";
import { iamMember } from "./iam-member";
import { mustMatch } from "./must-match";
import { planProject, projectOf } from "./project";

/** Whom or what an entry of a dataset's access list lets in: one of these. */
const PEOPLE = ["user_by_email", "group_by_email", "domain", "special_group", "iam_member"];
const OBJECTS = ["view", "dataset", "routine"];

const datasetAccess: ResourceRules = {
  type: "google_bigquery_dataset_access",
  replacedBy: ["dataset_id", "project", "role", ...PEOPLE, ...[...OBJECTS, "condition"].map((name) => `${name}.*`)],
  filledByCloud: ["project"],
  // The real provider's id is the dataset's alone: the same for all of its entries, which lie apart in the catalogue.
  id: (entry, cloud) => `${datasetPath(entry, cloud)}/access/${inventedHex(JSON.stringify(entryOf(entry)), 16)}`,
  filledIn: (_entry, cloud) => ({ project: cloud.project, api_updated_member: false }),
  plan: planProject,
  validate: (config) => [...oneOf(config), ...roleComplaints(config)],
};

const tableIamMember: ResourceRules = {
  ...iamMember(
    "google_bigquery_table_iam_member",
    ["dataset_id", "table_id", "project"],
    (grant, cloud) => `${datasetPath(grant, cloud)}/tables/${textOf(grant, "table_id")}`,
  ),
  filledByCloud: ["project"],
  plan: planProject,
};

const rowAccessPolicy: ResourceRules = {
  type: "google_bigquery_row_access_policy",
  replacedBy: ["dataset_id", "table_id", "policy_id", "project"],
  filledByCloud: ["project"],
  changedByUpdate: ["last_modified_time"],
  id: (policy, cloud) =>
    `${datasetPath(policy, cloud)}/tables/${textOf(policy, "table_id")}/rowAccessPolicies/${textOf(policy, "policy_id")}`,
  filledIn: (_policy, cloud) => ({ project: cloud.project, creation_time: String(cloud.now()), last_modified_time: String(cloud.now()) }),
  plan: planProject,
  validate: (config) => mustMatch(config, "policy_id", /^\w{1,256}$/, "letters, digits and underscores, 256 at most"),
};

/** Who may read what of the warehouse, apart from IAM members of datasets. */
export const bigqueryAccess: readonly ResourceRules[] = [datasetAccess, tableIamMember, rowAccessPolicy];

function datasetPath(resource: ValueObject, cloud: Cloud): string {
  return `projects/${projectOf(resource, cloud)}/datasets/${textOf(resource, "dataset_id")}`;
}

const entryOf = (entry: ValueObject): string[] => ["role", ...PEOPLE, ...OBJECTS, "condition"].map((name) => canonicalText(entry[name]));

/** Whether the configuration says something, though it may not be known yet. */
function isSet(config: ValueObject, name: string): boolean {
  const value = config[name] ?? null;
  return Array.isArray(value) ? value.length > 0 : isObject(value) || value !== null;
}

function oneOf(config: ValueObject): Complaint[] {
  const all = [...PEOPLE, ...OBJECTS];
  const set = all.filter((name) => isSet(config, name));
  if (set.length === 1) return [];
  return [
    { attribute: set[0] ?? "iam_member", message: `Exactly one of ${all.join(", ")} must be given; here are ${String(set.length)}.` },
  ];
}

function roleComplaints(config: ValueObject): Complaint[] {
  const forObject = OBJECTS.some((name) => isSet(config, name));
  if (forObject === !isSet(config, "role")) return [];
  const message = forObject ? "A view, dataset or routine gets no role: leave it out." : "Whom is let in needs a role.";
  return [{ attribute: "role", message }];
}
