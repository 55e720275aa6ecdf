import type { CiRole } from "./ci-role";

/**
 * What `terraform apply` of the platform's stack needs. Together it is much: it may grant roles, so it could grant itself more. That is why
 * only reviewed code gets it, and why it can't be had by a pull request.
 *
 * @see https://cloud.google.com/iam/docs/roles-permissions
 */
export const ciDeployRoles: readonly CiRole[] = [
  {
    role: "roles/serviceusage.serviceUsageAdmin",
    why: "Switches on the APIs of the parts that are on.",
    types: ["google_project_service"],
  },
  {
    role: "roles/resourcemanager.projectIamAdmin",
    why: "Grants workloads the few roles that no resource can grant, such as running BigQuery jobs, and says what the audit log records.",
    types: ["google_project_iam_"],
  },
  {
    role: "roles/iam.serviceAccountAdmin",
    why: "Makes the workloads' accounts and grants their use. It can't make keys.",
    types: ["google_service_account"],
  },
  {
    role: "roles/iam.serviceAccountUser",
    why: "Gives a machine, cluster or scheduled query the account that it runs as.",
    types: ["google_bigquery_data_transfer_config", "google_compute_", "google_dataproc_", "google_composer_", "google_cloud_run_v2_"],
  },
  {
    role: "roles/storage.admin",
    why: "Makes the lake's buckets, grants access to each and writes the objects without rows; nothing smaller makes buckets and grants on them.",
    types: ["google_storage_"],
  },
  {
    role: "roles/bigquery.admin",
    why: "Makes datasets, tables, routines, connections, row policies and scheduled queries, and grants access to each dataset.",
    types: ["google_bigquery_"],
  },
  {
    role: "roles/composer.admin",
    why: "Makes and changes Airflow's environment. It could start DAGs, too: no smaller predefined role makes environments.",
    types: ["google_composer_"],
  },
  {
    role: "roles/run.admin",
    why: "Makes the jobs of ingest and dbt, and says who may run them. It could run them, too: no smaller predefined role grants on a job.",
    types: ["google_cloud_run_v2_"],
  },
  {
    role: "roles/cloudsql.admin",
    why: "Makes the Postgres instance, its database and users. It could read the data, too: no smaller predefined role makes instances.",
    types: ["google_sql_"],
  },
  {
    role: "roles/servicenetworking.networksAdmin",
    why: "Connects the network with the one that Google's services have their private addresses in.",
    types: ["google_service_networking_"],
  },
  { role: "roles/compute.networkAdmin", why: "Makes network, subnets, routers and NAT.", types: ["google_compute_"] },
  { role: "roles/compute.securityAdmin", why: "Makes firewall rules, which the role above can't.", types: ["google_compute_firewall"] },
  {
    role: "roles/compute.instanceAdmin.v1",
    why: "Makes machines, disks and their schedules, and grants on them. It could log in to machines, too: no smaller predefined role makes them.",
    types: ["google_compute_instance", "google_compute_disk", "google_compute_resource_policy"],
  },
  {
    role: "roles/iap.admin",
    why: "Says who may reach machines through Google's tunnel; without it nobody is let in. It could let itself in, but not log in.",
    types: ["google_iap_"],
  },
  {
    role: "roles/cloudkms.admin",
    why: "Makes keys and lets services use them. It can't encrypt or decrypt itself.",
    types: ["google_kms_"],
  },
  {
    role: "roles/secretmanager.admin",
    why: "Makes secrets and grants their reading. It could read them, too: no smaller predefined role makes secrets.",
    types: ["google_secret_manager_"],
  },
  {
    role: "roles/artifactregistry.admin",
    why: "Makes the registry and grants its reading.",
    types: ["google_artifact_registry_"],
  },
  { role: "roles/logging.configWriter", why: "Makes sinks and metrics; reads no log.", types: ["google_logging_"] },
  {
    role: "roles/monitoring.editor",
    why: "Makes alerts, dashboards, channels, metric descriptors and uptime checks.",
    types: ["google_monitoring_"],
  },
  { role: "roles/pubsub.admin", why: "Makes topics and lets services publish to them.", types: ["google_pubsub_"] },
  {
    role: "roles/dataproc.editor",
    why: "Makes Spark's clusters, their scaling and workflow templates. It could start jobs, too: no smaller predefined role makes clusters.",
    types: ["google_dataproc_"],
  },
  { role: "roles/dataplex.dataScanAdmin", why: "Makes quality scans.", types: ["google_dataplex_"] },
  {
    role: "roles/datacatalog.categoryAdmin",
    why: "Makes taxonomies and policy tags, and grants what they hide.",
    types: ["google_data_catalog_"],
  },
];
