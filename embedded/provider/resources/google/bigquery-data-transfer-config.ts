import { canonicalText, isObject, textOf, type ValueObject } from "../../protocol/value";
import { inventedHex, type Cloud } from "../cloud";
import type { Complaint, ResourceRules } from "../rules";
import { planProject, projectOf } from "./project";

export const bigqueryDataTransferConfig: ResourceRules = {
  type: "google_bigquery_data_transfer_config",
  replacedBy: ["data_source_id", "location", "project"],
  filledByCloud: ["project"],
  defaults: { location: "US", service_account_name: "" },
  sensitive: ["sensitive_params.secret_access_key"],
  id: (config, cloud) => name(config, cloud),
  filledIn: (config, cloud) => ({ project: cloud.project, name: name(config, cloud) }),
  plan: planProject,
  validate: (config) => (config.data_source_id === "scheduled_query" ? scheduledQueryComplaints(config) : []),
};

/** Google gives a configuration a number of its own when it is made; this one comes from what it says then. */
function name(config: ValueObject, cloud: Cloud): string {
  const given = textOf(config, "name");
  if (given !== "") return given;
  const uuid = inventedHex(canonicalText(config), 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  return `projects/${cloud.projectNumber || projectOf(config, cloud)}/locations/${textOf(config, "location")}/transferConfigs/${uuid}`;
}

function scheduledQueryComplaints(config: ValueObject): Complaint[] {
  const params = isObject(config.params) ? config.params : undefined;
  if (params === undefined) return [];
  const complaints: Complaint[] = [];
  if (params.query === undefined || params.query === "") {
    complaints.push({ attribute: "params", message: `A scheduled query must have "query" among its params.` });
  }
  const table = params.destination_table_name_template;
  const hasTable = table !== undefined && table !== null && table !== "";
  if (hasTable && config.destination_dataset_id === null) {
    complaints.push({ attribute: "destination_dataset_id", message: "A destination table needs the dataset that holds it." });
  }
  const disposition = params.write_disposition;
  if (typeof disposition === "string" && !["WRITE_APPEND", "WRITE_TRUNCATE"].includes(disposition)) {
    complaints.push({ attribute: "params", message: `write_disposition "${disposition}" must be WRITE_APPEND or WRITE_TRUNCATE.` });
  }
  return complaints;
}
