import type { Configuration } from "../../config/configuration";

/** APIs that `<env>-bootstrap` switches on; here they are taken for granted. */
export const baseServices: readonly string[] = [
  "serviceusage.googleapis.com",
  "cloudresourcemanager.googleapis.com",
  "iam.googleapis.com",
  "iamcredentials.googleapis.com",
  "sts.googleapis.com",
  "storage.googleapis.com",
  "cloudbilling.googleapis.com",
  "billingbudgets.googleapis.com",
];

/** APIs of the parts that are switched on, without the bootstrap's: no API is in two states. */
export function platformServices({
  lake,
  warehouse,
  network,
  security,
  monitoring,
  orchestration,
  spark,
  postgres,
}: Configuration): string[] {
  const { lakehouse, quality, scheduledQueries, protectedColumns } = warehouse;
  const { secrets, registry, auditLog } = security;
  const hasReminders = Object.values(secrets).some(({ reminder }) => reminder !== undefined);
  const services = [
    "bigquery.googleapis.com",
    ...(protectedColumns.enabled ? ["datacatalog.googleapis.com", "bigquerydatapolicy.googleapis.com"] : []),
    ...(lakehouse.bigLake || lakehouse.iceberg ? ["bigqueryconnection.googleapis.com"] : []),
    ...(scheduledQueries.jobCosts || lakehouse.icebergSchedule !== undefined ? ["bigquerydatatransfer.googleapis.com"] : []),
    ...(quality.enabled ? ["dataplex.googleapis.com"] : []),
    ...(lake.notifyNewRawFiles || hasReminders ? ["pubsub.googleapis.com"] : []),
    ...(network.enabled ? ["compute.googleapis.com"] : []),
    ...(network.enabled && network.tunnel.users.length > 0 ? ["iap.googleapis.com"] : []),
    ...(security.customerManagedKeys ? ["cloudkms.googleapis.com"] : []),
    ...(Object.keys(secrets).length > 0 ? ["secretmanager.googleapis.com"] : []),
    ...(registry.formats.length > 0 ? ["artifactregistry.googleapis.com"] : []),
    ...(orchestration.kind === "composer" ? ["composer.googleapis.com", "secretmanager.googleapis.com"] : []),
    ...(spark.kind === "none" ? [] : ["dataproc.googleapis.com"]),
    ...(postgres.kind === "cloud_sql" ? ["sqladmin.googleapis.com", "servicenetworking.googleapis.com"] : []),
    ...(auditLog.enabled || monitoring.enabled ? ["logging.googleapis.com"] : []),
    ...(monitoring.enabled ? ["monitoring.googleapis.com"] : []),
  ];
  // Parts may need the same one.
  return [...new Set(services)];
}
