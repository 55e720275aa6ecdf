import type { CiRole } from "./ci-role";

/**
 * What `terraform plan` of the platform's stack must read, and nothing that changes anything or shows data: a pull request may run any code
 * with it.
 *
 * @see https://cloud.google.com/iam/docs/roles-permissions
 */
export const ciPlanRoles: readonly CiRole[] = [
  {
    role: "roles/serviceusage.serviceUsageConsumer",
    why: "Sees which APIs are on, and bills its own calls to the project.",
    types: ["google_project_service"],
  },
  {
    role: "roles/iam.securityReviewer",
    why: "Reads every grant and service account; changes none.",
    types: ["google_project_iam_", "google_service_account", "google_project_iam_audit_config", "google_iap_"],
  },
  {
    role: "roles/storage.bucketViewer",
    why: "Reads the settings of buckets, not their objects.",
    types: ["google_storage_bucket", "google_storage_notification"],
  },
  {
    role: "roles/bigquery.metadataViewer",
    why: "Reads datasets, schemas and routines, not rows.",
    types: ["google_bigquery_dataset", "google_bigquery_table", "google_bigquery_routine"],
  },
  {
    role: "roles/bigquery.connectionUser",
    why: "Reads connections to the lake. It may use them, but the lake's objects are granted to the connection's own account and read through tables, which it can't.",
    types: ["google_bigquery_connection"],
  },
  {
    role: "roles/compute.viewer",
    why: "Reads network, firewall, router and machines, without logging in to them.",
    types: ["google_compute_"],
  },
  { role: "roles/run.viewer", why: "Reads jobs and their runs; starts none.", types: ["google_cloud_run_v2_"] },
  {
    role: "roles/cloudsql.viewer",
    why: "Reads the settings of instances, databases and users; connects to none.",
    types: ["google_sql_"],
  },
  { role: "roles/cloudkms.viewer", why: "Reads keys' settings; encrypts and decrypts nothing.", types: ["google_kms_"] },
  { role: "roles/secretmanager.viewer", why: "Reads secrets' settings, never what they hold.", types: ["google_secret_manager_"] },
  { role: "roles/artifactregistry.reader", why: "Reads the registry and its images.", types: ["google_artifact_registry_"] },
  { role: "roles/logging.viewer", why: "Reads sinks and metrics; not the audit logs of data access.", types: ["google_logging_"] },
  { role: "roles/monitoring.viewer", why: "Reads alerts, dashboards, channels and uptime checks.", types: ["google_monitoring_"] },
  { role: "roles/pubsub.viewer", why: "Reads topics and subscriptions; receives no message.", types: ["google_pubsub_"] },
  { role: "roles/dataproc.viewer", why: "Reads clusters, scaling and templates; starts nothing.", types: ["google_dataproc_"] },
  { role: "roles/dataplex.viewer", why: "Reads quality scans and their rules.", types: ["google_dataplex_"] },
  { role: "roles/datacatalog.viewer", why: "Reads taxonomies and policy tags.", types: ["google_data_catalog_"] },
];

/** What planning must read besides; the predefined roles that hold it can do far more (`roles/bigquery.user`, `roles/bigquery.dataOwner`). */
export const ciPlanPermissions: readonly { readonly permission: string; readonly types: readonly string[] }[] = [
  { permission: "bigquery.dataPolicies.get", types: ["google_bigquery_datapolicy_"] },
  { permission: "bigquery.rowAccessPolicies.get", types: ["google_bigquery_row_access_policy"] },
  { permission: "bigquery.transfers.get", types: ["google_bigquery_data_transfer_config"] },
  { permission: "servicenetworking.services.get", types: ["google_service_networking_connection"] },
  // roles/composer.user would also start DAGs, and show their code.
  { permission: "composer.environments.get", types: ["google_composer_environment"] },
];
