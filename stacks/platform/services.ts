import type { Configuration } from "../../config/configuration";

/** APIs that every `<env>-bootstrap` switches on. */
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

/** APIs that the bootstrap of this configuration switches on; the platform takes them for granted. */
export const bootstrapServices = ({ bootstrap: { billingAccount, budget } }: Configuration): readonly string[] => [
  ...baseServices,
  // Who is told of the budget is a channel of Cloud Monitoring's.
  ...(billingAccount !== undefined && budget.emails.length > 0 ? ["monitoring.googleapis.com"] : []),
];

/** APIs of the parts that are switched on, without the bootstrap's: no API is in two states. */
export function platformServices(configuration: Configuration): string[] {
  const { lake, warehouse, network, security, monitoring, orchestration, spark, postgres, streaming } = configuration;
  const { lakehouse, quality, scheduledQueries, protectedColumns } = warehouse;
  const { secrets, registry, auditLog } = security;
  const hasReminders = Object.values(secrets).some(({ reminder }) => reminder !== undefined);
  const services = [
    "bigquery.googleapis.com",
    ...(protectedColumns.enabled ? ["datacatalog.googleapis.com", "bigquerydatapolicy.googleapis.com"] : []),
    ...(lakehouse.bigLake || lakehouse.iceberg ? ["bigqueryconnection.googleapis.com"] : []),
    ...(scheduledQueries.jobCosts || lakehouse.icebergSchedule !== undefined ? ["bigquerydatatransfer.googleapis.com"] : []),
    ...(quality.enabled ? ["dataplex.googleapis.com"] : []),
    ...(lake.notifyNewRawFiles || hasReminders || streaming.kind === "pubsub" ? ["pubsub.googleapis.com"] : []),
    ...(network.enabled ? ["compute.googleapis.com"] : []),
    ...(network.enabled && network.tunnel.users.length > 0 ? ["iap.googleapis.com"] : []),
    ...(security.customerManagedKeys ? ["cloudkms.googleapis.com"] : []),
    ...(Object.keys(secrets).length > 0 ? ["secretmanager.googleapis.com"] : []),
    ...(registry.formats.length > 0 ? ["artifactregistry.googleapis.com"] : []),
    ...(registry.cloudBuild && registry.formats.includes("docker") ? ["cloudbuild.googleapis.com"] : []),
    ...(orchestration.kind === "composer" ? ["composer.googleapis.com", "secretmanager.googleapis.com", "run.googleapis.com"] : []),
    ...(orchestration.kind === "vm" ? ["secretmanager.googleapis.com", "iap.googleapis.com"] : []),
    ...(spark.kind === "none" ? [] : ["dataproc.googleapis.com"]),
    ...(postgres.kind === "cloud_sql" ? ["sqladmin.googleapis.com", "servicenetworking.googleapis.com"] : []),
    ...(streaming.kind === "kafka" ? ["secretmanager.googleapis.com"] : []),
    ...(auditLog.enabled || monitoring.enabled ? ["logging.googleapis.com"] : []),
    ...(monitoring.enabled ? ["monitoring.googleapis.com"] : []),
  ];
  const before = bootstrapServices(configuration);
  // Parts may need the same one.
  return [...new Set(services)].filter((service) => !before.includes(service));
}
