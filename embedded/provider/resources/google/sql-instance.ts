import { blocksOf, textOf, type ValueObject } from "../../protocol/value";
import { inventedDigits, inventedHex, type Cloud } from "../cloud";
import type { ResourceRules } from "../rules";
import { sameResource } from "./compute-name";
import { planProject, projectOf } from "./project";
import { rangeOf } from "./service-networking";
import { instanceComplaints } from "./sql-instance-checks";

/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/sql/resource_sql_database_instance.go */
export const sqlDatabaseInstance: ResourceRules = {
  type: "google_sql_database_instance",
  replacedBy: ["name", "region", "project", "encryption_key_name", "master_instance_name", "settings.collation", "settings.disk_type"],
  filledByCloud: [
    "region",
    "settings",
    "settings.edition",
    "settings.data_cache_config",
    "settings.backup_configuration",
    "settings.backup_configuration.start_time",
    "settings.backup_configuration.transaction_log_retention_days",
    "settings.backup_configuration.backup_retention_settings",
    "settings.disk_size",
    "settings.disk_type",
    "settings.connection_pool_config",
    "settings.ip_configuration",
    "settings.ip_configuration.ssl_mode",
    "settings.ip_configuration.server_ca_mode",
    "settings.location_preference",
    "settings.user_labels",
    "settings.insights_config",
    "settings.insights_config.query_plans_per_minute",
    "settings.connector_enforcement",
    "maintenance_version",
    "encryption_key_name",
    "name",
    "master_instance_name",
    "project",
    "instance_type",
    "node_count",
    "replica_configuration",
    "replica_names",
    "replication_cluster",
  ],
  sensitive: ["root_password", "replica_configuration.password", "server_ca_cert"],
  defaults: {
    deletion_protection: true,
    "settings.activation_policy": "ALWAYS",
    "settings.availability_type": "ZONAL",
    "settings.backup_configuration.backup_retention_settings.retention_unit": "COUNT",
    "settings.data_cache_config.data_cache_enabled": false,
    "settings.disk_autoresize": true,
    "settings.disk_autoresize_limit": 0,
    "settings.insights_config.query_string_length": 1024,
    "settings.ip_configuration.ipv4_enabled": true,
    "settings.pricing_plan": "PER_USE",
  },
  sameMeaning: {
    "settings.disk_type": (prior, planned) => prior.toUpperCase() === planned.replaceAll("-", "_").toUpperCase(),
    "settings.ip_configuration.private_network": sameResource,
  },
  // A disk doesn't shrink, and an instance can't leave its network.
  alsoReplacedBy: (prior, planned) => (shrinks(prior, planned) || leavesNetwork(prior, planned) ? ["settings"] : []),
  id: (instance) => textOf(instance, "name"),
  filledIn: filledByGoogle,
  plan: planProject,
  validate: instanceComplaints,
  refuseDestroy: (instance) => {
    const name = textOf(instance, "name");
    if (instance.deletion_protection === true) {
      return `The instance ${name} is protected: set deletion_protection = false and apply, before it is destroyed.`;
    }
    return settingsOf(instance).deletion_protection_enabled === true
      ? `The instance ${name} is protected by Cloud SQL: set settings.deletion_protection_enabled = false and apply, before it is destroyed.`
      : undefined;
  },
};

function filledByGoogle(instance: ValueObject, cloud: Cloud): ReturnType<NonNullable<ResourceRules["filledIn"]>> {
  const [project, name] = [projectOf(instance, cloud), textOf(instance, "name")];
  const connectionName = [project, textOf(instance, "region"), name].join(":");
  const { private_network: network, allocated_ip_range: range } = blocksOf(settingsOf(instance), "ip_configuration")[0] ?? {};
  const address = network ? `${rangeOf(typeof range === "string" ? range : connectionName)}.3` : "";
  return {
    project: cloud.project,
    connection_name: connectionName,
    private_ip_address: address,
    first_ip_address: address,
    ip_address: address === "" ? [] : [{ ip_address: address, type: "PRIVATE", time_to_retire: "" }],
    instance_type: "CLOUD_SQL_INSTANCE",
    maintenance_version: `${textOf(instance, "database_version")}.R20260701.00_00`,
    self_link: `https://sqladmin.googleapis.com/sql/v1beta4/projects/${project}/instances/${name}`,
    service_account_email_address: `p${cloud.projectNumber}-${inventedHex(connectionName, 6)}@gcp-sa-cloud-sql.iam.gserviceaccount.com`,
    "settings.version": 1,
    // What Postgres gets from version 16 on.
    "settings.edition": "ENTERPRISE_PLUS",
    "settings.effective_availability_type": textOf(settingsOf(instance), "availability_type"),
    "settings.backup_configuration.start_time": `${String(Number(inventedDigits(name, 4)) % 24).padStart(2, "0")}:00`,
    "settings.backup_configuration.transaction_log_retention_days": 7,
    "settings.backup_configuration.backup_retention_settings": [{ retained_backups: 7, retention_unit: "COUNT" }],
    "settings.connector_enforcement": "NOT_REQUIRED",
    "settings.data_cache_config": [{ data_cache_enabled: false }],
    "settings.disk_size": 10,
    "settings.disk_type": "PD_SSD",
    "settings.insights_config.query_plans_per_minute": 5,
    "settings.ip_configuration.server_ca_mode": "GOOGLE_MANAGED_INTERNAL_CA",
    "settings.ip_configuration.ssl_mode": "ALLOW_UNENCRYPTED_AND_ENCRYPTED",
    "settings.location_preference": [{ zone: `${textOf(instance, "region")}-b` }],
  };
}

const settingsOf = (instance: ValueObject): ValueObject => blocksOf(instance, "settings")[0] ?? {};

function shrinks(prior: ValueObject, planned: ValueObject): boolean {
  const [before, after] = [settingsOf(prior).disk_size, settingsOf(planned).disk_size];
  return typeof before === "number" && typeof after === "number" && after < before;
}

function leavesNetwork(prior: ValueObject, planned: ValueObject): boolean {
  const network = (instance: ValueObject) => blocksOf(settingsOf(instance), "ip_configuration")[0]?.private_network ?? null;
  return network(prior) !== null && network(planned) === null;
}
