import { BigqueryDataset } from "@cdktf/provider-google/lib/bigquery-dataset";
import { BigqueryDatasetIamMember } from "@cdktf/provider-google/lib/bigquery-dataset-iam-member";
import { LoggingProjectSink } from "@cdktf/provider-google/lib/logging-project-sink";
import { ProjectIamAuditConfig } from "@cdktf/provider-google/lib/project-iam-audit-config";
import { Construct } from "constructs";
import type { Grantee } from "../identity/grantee";
import type { AuditLogProps } from "./audit-log-props";

const MILLISECONDS_PER_DAY = 86_400_000;
const auditLogs = ["activity", "data_access", "policy", "system_event"];

/**
 * Keeps the project's audit logs in BigQuery, one table per log, partitioned by day: who did what to which resource.
 *
 * ### Cost
 * Routing is free; BigQuery takes 0.05 USD per GiB written and 0.02 USD per GiB and month kept. `dataAccess` multiplies the entries, and
 * Cloud Logging itself keeps them for 30 days as well: 0.50 USD per GiB above the project's free 50 GiB a month.
 *
 * @throws Error when retention or a service's name is none.
 * @see https://cloud.google.com/logging/docs/audit
 * @see https://cloud.google.com/logging/docs/export/bigquery
 */
export class AuditLog extends Construct {
  /** Holds the tables, which Cloud Logging makes when the first entry comes. */
  public readonly dataset: BigqueryDataset;

  /** Routes the logs there, under an account of its own. */
  public readonly sink: LoggingProjectSink;

  /** Lets that account write to the dataset, and nothing else. */
  public readonly writer: BigqueryDatasetIamMember;

  /** One per service whose data access is logged. */
  public readonly dataAccess: readonly ProjectIamAuditConfig[];

  constructor(scope: Construct, id: string, props: AuditLogProps) {
    super(scope, id);
    const { environment, datasetId = "trips_audit", retentionDays = 400, dataAccess = [], encryptionKey, destroyTables = false } = props;
    const { projectId: project, location, labels, allowsDataDeletion } = environment;
    if (!Number.isInteger(retentionDays) || retentionDays < 1) {
      throw new Error(`retentionDays of the audit log must be a whole number of at least 1, not ${String(retentionDays)}.`);
    }

    this.dataset = new BigqueryDataset(this, "dataset", {
      project,
      datasetId,
      description: "Audit logs of the project, written by Cloud Logging.",
      location,
      defaultPartitionExpirationMs: retentionDays * MILLISECONDS_PER_DAY,
      ...(encryptionKey && { defaultEncryptionConfiguration: { kmsKeyName: encryptionKey.name } }),
      deleteContentsOnDestroy: destroyTables && allowsDataDeletion,
      labels: { ...labels },
      dependsOn: encryptionKey ? [encryptionKey.grantService("bigquery")] : [],
    });
    this.sink = new LoggingProjectSink(this, "sink", {
      project,
      name: "trips-audit",
      description: "Audit logs to BigQuery.",
      destination: `bigquery.googleapis.com/projects/${project}/datasets/${this.dataset.datasetId}`,
      filter: auditLogs.map((log) => `log_id("cloudaudit.googleapis.com/${log}")`).join(" OR "),
      uniqueWriterIdentity: true,
      bigqueryOptions: { usePartitionedTables: true },
    });
    this.writer = new BigqueryDatasetIamMember(this, "writer", {
      project,
      datasetId: this.dataset.datasetId,
      role: "roles/bigquery.dataEditor",
      member: this.sink.writerIdentity,
    });
    this.dataAccess = dataAccess.map((service) => this.logDataAccess(project, service));
  }

  /** Lets the grantee query the logs. */
  public grantRead(grantee: Grantee): BigqueryDatasetIamMember {
    const { project, datasetId } = this.dataset;
    return new BigqueryDatasetIamMember(this, `${grantee.id}-read`, {
      project,
      datasetId,
      role: "roles/bigquery.dataViewer",
      member: grantee.member,
    });
  }

  private logDataAccess(project: string, service: string): ProjectIamAuditConfig {
    if (!/^[a-z0-9-]+\.googleapis\.com$/.test(service)) {
      throw new Error(`"${service}" is no service whose data access can be logged: name an API such as storage.googleapis.com.`);
    }
    return new ProjectIamAuditConfig(this, service.replace(".googleapis.com", ""), {
      project,
      service,
      auditLogConfig: [{ logType: "DATA_READ" }, { logType: "DATA_WRITE" }],
    });
  }
}
