import { resourceRule } from "../rule";

/** Where each type that holds data names its key: in one of these places. A disk or a cluster that is named has a key of its own. */
const KEYS_OF: Readonly<Record<string, readonly string[]>> = {
  google_artifact_registry_repository: ["kms_key_name"],
  google_bigquery_dataset: ["default_encryption_configuration.kms_key_name"],
  google_composer_environment: ["config.encryption_config.kms_key_name"],
  google_compute_disk: ["disk_encryption_key.kms_key_self_link"],
  google_compute_instance: ["boot_disk.kms_key_self_link", "boot_disk.source"],
  google_dataproc_cluster: ["cluster_config.encryption_config.kms_key_name"],
  google_dataproc_workflow_template: [
    "placement.managed_cluster.config.encryption_config.gce_pd_kms_key_name",
    "placement.cluster_selector",
  ],
  google_pubsub_topic: ["kms_key_name"],
  google_secret_manager_secret: [
    "replication.user_managed.replicas.customer_managed_encryption.kms_key_name",
    "replication.auto.customer_managed_encryption.kms_key_name",
  ],
  google_sql_database_instance: ["encryption_key_name"],
  google_storage_bucket: ["encryption.default_kms_key_name"],
};

/** Where one has keys of one's own, all data is encrypted by them. */
export const ownKeys = resourceRule({
  id: "own-keys",
  severity: "error",
  reason: "The stack has keys of its own, but destroying or withdrawing them wouldn't touch this data.",
  mend: "Name a key of the stack, and let the service's agent use it before the resource is made.",
  reads: { google_kms_crypto_key: [], ...KEYS_OF },
  check: (resource, stack, { expectsOwnKeys }) => {
    const paths = KEYS_OF[resource.type] ?? [];
    const isExpected = expectsOwnKeys?.(stack.name) ?? stack.ofType("google_kms_crypto_key").length > 0;
    return isExpected && paths.length > 0 && !paths.some((path) => resource.has(path)) ? [`${paths[0] ?? ""} is missing`] : [];
  },
});
