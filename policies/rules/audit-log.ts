import type { Rule } from "../rule";

const DATA = ["google_bigquery_dataset", "google_sql_database_instance"];
const AUDIT = [
  "google_logging_project_sink",
  "google_logging_folder_sink",
  "google_logging_organization_sink",
  "google_project_iam_audit_config",
];

/** Who read or changed data is known afterwards. */
export const auditLog: Rule = {
  id: "audit-log",
  severity: "error",
  reason: "Logs go after 30 days, and reads of data aren't logged by default: nobody can say who saw what.",
  mend: "Add a google_logging_project_sink or a google_project_iam_audit_config to the stack.",
  reads: Object.fromEntries([...DATA, ...AUDIT].map((type) => [type, []])),
  check: (stack, { expectsAuditLog }) => {
    const types = new Set(stack.resources.map(({ type }) => type));
    const isExpected = expectsAuditLog?.(stack.name) ?? DATA.some((type) => types.has(type));
    return isExpected && !AUDIT.some((type) => types.has(type))
      ? [{ on: stack, what: "neither a log sink nor an audit configuration is there" }]
      : [];
  },
};
