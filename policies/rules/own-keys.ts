import { resourceRule } from "../rule";

/** Where each type that holds data names its key. */
const KEY_OF: Readonly<Record<string, string>> = {
  google_artifact_registry_repository: "kms_key_name",
  google_bigquery_dataset: "default_encryption_configuration.kms_key_name",
  google_composer_environment: "config.encryption_config.kms_key_name",
  google_compute_disk: "disk_encryption_key.kms_key_self_link",
  google_dataproc_cluster: "cluster_config.encryption_config.kms_key_name",
  google_pubsub_topic: "kms_key_name",
  google_sql_database_instance: "encryption_key_name",
  google_storage_bucket: "encryption.default_kms_key_name",
};

/** Where one has keys of one's own, all data is encrypted by them. */
export const ownKeys = resourceRule({
  id: "own-keys",
  severity: "error",
  reason: "The stack has keys of its own, but destroying or withdrawing them wouldn't touch this data.",
  mend: "Name a key of the stack, and let the service's agent use it before the resource is made.",
  reads: { google_kms_crypto_key: [], ...Object.fromEntries(Object.entries(KEY_OF).map(([type, path]) => [type, [path]])) },
  check: (resource, stack, { expectsOwnKeys }) => {
    const path = KEY_OF[resource.type];
    const isExpected = expectsOwnKeys?.(stack.name) ?? stack.ofType("google_kms_crypto_key").length > 0;
    return path !== undefined && isExpected && !resource.has(path) ? [`${path} is missing`] : [];
  },
});
