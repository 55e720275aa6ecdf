import { textOf, type ValueObject } from "../../protocol/value";
import type { Complaint, ResourceRules } from "../rules";
import { mustBeOneOf } from "./one-of";
import { planProject, projectOf } from "./project";
import { sqlDatabaseInstance } from "./sql-instance";

/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/sql/resource_sql_database.go */
const sqlDatabase: ResourceRules = {
  type: "google_sql_database",
  replacedBy: ["instance", "name", "project"],
  filledByCloud: ["charset", "collation", "project"],
  defaults: { deletion_policy: "DELETE" },
  sameMeaning: { charset: (prior, planned) => prior.toUpperCase() === planned.toUpperCase() },
  id: (database, cloud) =>
    `projects/${projectOf(database, cloud)}/instances/${textOf(database, "instance")}/databases/${textOf(database, "name")}`,
  filledIn: (database, cloud) => ({
    project: cloud.project,
    charset: "UTF8",
    collation: "en_US.UTF8",
    self_link: `https://sqladmin.googleapis.com/sql/v1beta4/${sqlDatabase.id(database, cloud)}`,
  }),
  plan: planProject,
  validate: (config) => mustBeOneOf(config, "deletion_policy", ["ABANDON", "DELETE"]),
};

/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/sql/resource_sql_user.go */
const sqlUser: ResourceRules = {
  type: "google_sql_user",
  schemaVersion: 1,
  replacedBy: ["host", "instance", "name", "type", "project"],
  filledByCloud: ["host", "project"],
  sensitive: ["password", "password_wo"],
  sameMeaning: { type: (prior, planned) => [prior, planned].every((type) => ["", "BUILT_IN"].includes(type)) },
  // With two slashes: users of Postgres have no host.
  id: (user) => ["name", "host", "instance"].map((name) => textOf(user, name)).join("/"),
  filledIn: (_user, cloud) => ({ project: cloud.project }),
  plan: planProject,
  validate: (config) => [...mustBeOneOf(config, "deletion_policy", ["ABANDON"]), ...identityComplaints(config)],
};

/** Rules of Cloud SQL. */
export const sql: readonly ResourceRules[] = [sqlDatabaseInstance, sqlDatabase, sqlUser];

function identityComplaints(config: ValueObject): Complaint[] {
  if (!textOf(config, "type").startsWith("CLOUD_IAM_")) return [];
  return [
    ...(textOf(config, "name").endsWith(".gserviceaccount.com")
      ? [{ attribute: "name", message: "Postgres knows a service account without the suffix .gserviceaccount.com." }]
      : []),
    ...(textOf(config, "password") === "" ? [] : [{ attribute: "password", message: "A user of Google's identities has no password." }]),
  ];
}
