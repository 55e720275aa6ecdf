import { blocksOf, textOf, UNKNOWN } from "../../protocol/value";
import type { ResourceRules } from "../rules";
import { mustMatch } from "./must-match";
import { planProject, projectOf } from "./project";

const SHARED_WRITER = "serviceAccount:cloud-logs@system.gserviceaccount.com";
const DESTINATION = /^(storage|bigquery|pubsub|logging)\.googleapis\.com\/.+$/;
const LOG_TYPES = ["ADMIN_READ", "DATA_READ", "DATA_WRITE"];

/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/logging/resource_logging_project_sink.go */
const loggingProjectSink: ResourceRules = {
  type: "google_logging_project_sink",
  replacedBy: ["name", "project"],
  filledByCloud: ["project", "bigquery_options"],
  defaults: { unique_writer_identity: true, "exclusions.disabled": false },
  sameMeaning: { filter: (prior, planned) => prior.trim() === planned.trim() },
  id: (sink, cloud) => `projects/${projectOf(sink, cloud)}/sinks/${textOf(sink, "name")}`,
  filledIn: (sink, cloud) => ({
    project: cloud.project,
    writer_identity:
      sink.unique_writer_identity === false
        ? SHARED_WRITER
        : `serviceAccount:service-${cloud.projectNumber}@gcp-sa-logging.iam.gserviceaccount.com`,
  }),
  plan: (change, cloud) => {
    planProject(change, cloud);
    const { planned, prior } = change;
    if (prior?.unique_writer_identity === false && planned.unique_writer_identity === true) planned.writer_identity = UNKNOWN;
  },
  validate: (config) => [
    ...mustMatch(config, "destination", DESTINATION, "a destination like bigquery.googleapis.com/projects/<project>/datasets/<dataset>"),
    ...(config.unique_writer_identity === false && blocksOf(config, "bigquery_options").length > 0
      ? [{ attribute: "unique_writer_identity", message: "It must be true where bigquery_options are set." }]
      : []),
  ],
};

/**
 * A changed service leaves the former one's configuration behind, as with the real provider.
 *
 * https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/tpgiamresource/resource_iam_audit_config.go
 */
const projectIamAuditConfig: ResourceRules = {
  type: "google_project_iam_audit_config",
  replacedBy: ["project"],
  changedByUpdate: ["etag"],
  id: (config) => `${textOf(config, "project")}/audit_config/${textOf(config, "service")}`,
  validate: (config) =>
    blocksOf(config, "audit_log_config")
      .map((log) => textOf(log, "log_type"))
      .filter((type) => type !== "" && !LOG_TYPES.includes(type))
      .map((type) => ({ attribute: "audit_log_config", message: `The log_type "${type}" must be one of ${LOG_TYPES.join(", ")}.` })),
};

/** Rules of the audit log: where entries go, and which are written. */
export const loggingSink: readonly ResourceRules[] = [loggingProjectSink, projectIamAuditConfig];
