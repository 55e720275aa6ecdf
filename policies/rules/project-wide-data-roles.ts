import { resourceRule } from "../rule";

/** Roles that read or change data, or what guards it; those that merely run jobs or list names are none. */
const DATA_ROLES = [
  /^roles\/storage\.(?:admin|object|legacy|folderAdmin|hmacKeyAdmin)/,
  /^roles\/bigquery\.(?:admin|data|filteredDataViewer|studioAdmin)/,
  /^roles\/pubsub\.(?:admin|editor|publisher|subscriber)$/,
  /^roles\/secretmanager\.(?:admin|secretAccessor|secretVersion)/,
  /^roles\/cloudkms\.(?:admin|cryptoKey|cryptoOperator)/,
  /^roles\/cloudsql\.(?:admin|editor|instanceUser)$/,
  /^roles\/(?:spanner\.database|bigtable\.(?:admin|user|reader)|datastore\.(?:owner|user|viewer)|managedkafka\.(?:admin|client))/,
  /^roles\/artifactregistry\.(?:admin|repoAdmin|writer)$/,
];

/** A condition that names resources, not one that holds for all of them: `resource.name != ""`, `!resource.name.startsWith(…)`. */
const NAMES_RESOURCES = /(?<!!\s*)\bresource\.name\s*(?:==\s*|\.(?:starts|ends)With\(\s*)(["'])(?!\1)/;

/** Data is granted on the bucket, dataset, topic, secret or key. */
export const projectWideDataRoles = resourceRule({
  id: "project-wide-data-roles",
  severity: "error",
  reason: "It opens all data of the project, and of whatever is added to it.",
  mend: "Grant the role on the bucket, dataset, topic, secret or key.",
  reads: {
    "google_project_iam_*": ["role", "condition.expression"],
    "google_folder_iam_*": ["role", "condition.expression"],
    "google_organization_iam_*": ["role", "condition.expression"],
  },
  check: (grant) =>
    grant
      .texts("role")
      // A condition on the resource's name makes it a grant on resources.
      .filter(() => !grant.texts("condition.expression").some((expression) => NAMES_RESOURCES.test(expression)))
      .filter((role) => DATA_ROLES.some((pattern) => pattern.test(role)))
      .map((role) => `${role} is granted above the level of a resource`),
});
