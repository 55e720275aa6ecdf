import { blocksOf, canonicalText, textOf, type ValueObject } from "../../protocol/value";
import { inventedHex, type Cloud } from "../cloud";
import type { ResourceRules } from "../rules";
import { iamMember } from "./iam-member";
import { planProject, projectOf } from "./project";

const CONNECTION_ID = /^[\w-]+$/;
const KINDS = ["aws", "azure", "cloud_resource", "cloud_spanner", "cloud_sql", "spark"] as const;

const bigqueryConnection: ResourceRules = {
  type: "google_bigquery_connection",
  replacedBy: ["connection_id", "location", "project"],
  filledByCloud: ["connection_id", "project"],
  sensitive: ["cloud_sql.credential.password"],
  id: (connection, cloud) => path(connection, cloud),
  filledIn: (connection, cloud) => ({
    project: cloud.project,
    connection_id: connectionId(connection),
    name: path(connection, cloud),
    has_credential: false,
    // Google makes an account for each connection, and nobody can tell its name before.
    "cloud_resource.service_account_id": `bqcx-${cloud.projectNumber}-${inventedHex(path(connection, cloud), 4)}@gcp-sa-bigquery-condel.iam.gserviceaccount.com`,
  }),
  plan: planProject,
  validate: (config) => {
    const id = textOf(config, "connection_id");
    return [
      ...(id === "" || CONNECTION_ID.test(id)
        ? []
        : [{ attribute: "connection_id", message: `"${id}" must be letters, digits, dashes and underscores.` }]),
      ...(KINDS.filter((kind) => blocksOf(config, kind).length > 0).length === 1
        ? []
        : [{ attribute: "cloud_resource", message: `Exactly one of ${KINDS.join(", ")} must be there.` }]),
    ];
  },
};

const connectionId = (connection: ValueObject): string => textOf(connection, "connection_id") || inventedHex(canonicalText(connection), 32);

function path(connection: ValueObject, cloud: Cloud): string {
  return `projects/${projectOf(connection, cloud)}/locations/${textOf(connection, "location")}/connections/${connectionId(connection)}`;
}

const connectionIamMember: ResourceRules = {
  ...iamMember("google_bigquery_connection_iam_member", ["connection_id", "location", "project"], (grant, cloud) => path(grant, cloud)),
  filledByCloud: ["location", "project"],
  plan: planProject,
};

/** Connections, and grants to use them. */
export const bigqueryConnections: readonly ResourceRules[] = [bigqueryConnection, connectionIamMember];
