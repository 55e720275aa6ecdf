import { blocksOf, textOf, type ValueObject } from "../../protocol/value";
import { inventedHex, type Cloud } from "../cloud";
import type { ResourceRules } from "../rules";
import { mustMatch } from "./must-match";
import { planProject, projectOf } from "./project";

const MEMBER = /^(allUsers|allAuthenticatedUsers|projectOwner:.+|projectEditor:.+|projectViewer:.+|\w+:.+|principal(Set)?:\/\/.+)$/;
const ROLE = /^(roles|projects\/[^/]+\/roles|organizations\/[^/]+\/roles)\/[\w.]+$/;

/** Rules of additive grants: one type per kind of resource that is granted. */
export const iamMembers: readonly ResourceRules[] = [
  iamMember("google_project_iam_member", ["project"], (grant) => textOf(grant, "project")),
  iamMember("google_storage_bucket_iam_member", ["bucket"], (grant) => `b/${textOf(grant, "bucket")}`),
  iamMember("google_service_account_iam_member", ["service_account_id"], (grant) => textOf(grant, "service_account_id")),
  {
    ...iamMember(
      "google_bigquery_dataset_iam_member",
      ["dataset_id", "project"],
      (grant, cloud) => `projects/${projectOf(grant, cloud)}/datasets/${textOf(grant, "dataset_id")}`,
    ),
    filledByCloud: ["project"],
    plan: planProject,
  },
];

/** Rules of an additive grant: what names the granted resource replaces it, and so do role, member and condition. */
export function iamMember(type: string, granted: readonly string[], nameOf: (grant: ValueObject, cloud: Cloud) => string): ResourceRules {
  return {
    type,
    replacedBy: [...granted, "role", "member", "condition.*"],
    id: (grant, cloud) => [nameOf(grant, cloud), textOf(grant, "role"), textOf(grant, "member"), ...conditionOf(grant)].join("/"),
    filledIn: (grant, cloud) => ({ project: cloud.project, etag: inventedHex(JSON.stringify(grant), 12) }),
    validate: (config) => [
      ...mustMatch(config, "role", ROLE, "a role like roles/storage.objectViewer or projects/<id>/roles/<name>"),
      ...mustMatch(config, "member", MEMBER, "a member like serviceAccount:name@project.iam.gserviceaccount.com"),
    ],
  };
}

function conditionOf(grant: ValueObject): string[] {
  return blocksOf(grant, "condition").map((condition) =>
    ["title", "description", "expression"].map((key) => textOf(condition, key)).join("/"),
  );
}
