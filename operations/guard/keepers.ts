import type { Attributes } from "./plan";

/** A type of resource that may hold data. */
export interface Keeper {
  /** What is lost with it, completing "… would be lost". */
  readonly loses: string;

  /** Attribute by which its construct gives the second key, and the value that does; without one only a person can. */
  readonly key?: { readonly attribute: string; readonly value: boolean };

  /** Whether this one holds none after all, such as a view. */
  readonly holdsNothing?: (resource: Attributes) => boolean;
}

const isEmpty = (value: unknown): boolean => value === undefined || value === null || (Array.isArray(value) && value.length === 0);

const readsOthers = (table: Attributes): boolean =>
  !isEmpty(table.view) || !isEmpty(table.materialized_view) || !isEmpty(table.external_data_configuration);

/** Terraform forgets it, and the cloud keeps it as long as what it is in. */
const isAbandoned = (resource: Attributes): boolean => resource.deletion_policy === "ABANDON";

/** By Terraform type. */
export const keepers: Readonly<Record<string, Keeper>> = {
  google_storage_bucket: { loses: "its objects and their older versions", key: { attribute: "force_destroy", value: true } },
  google_bigquery_dataset: { loses: "its tables", key: { attribute: "delete_contents_on_destroy", value: true } },
  google_bigquery_table: { loses: "its rows", key: { attribute: "deletion_protection", value: false }, holdsNothing: readsOthers },
  google_sql_database_instance: { loses: "its databases and backups", key: { attribute: "deletion_protection", value: false } },
  google_sql_database: { loses: "its tables", holdsNothing: isAbandoned },
  google_compute_disk: { loses: "what is stored on it" },
  google_compute_instance: { loses: "its boot disk and local disks", key: { attribute: "deletion_protection", value: false } },
  google_composer_environment: { loses: "the history of its DAG runs, its connections and variables" },
  google_kms_crypto_key: { loses: "whatever is encrypted with it, for good," },
  google_secret_manager_secret: { loses: "its versions", key: { attribute: "deletion_protection", value: false } },
  google_artifact_registry_repository: { loses: "its packages and images" },
  google_pubsub_topic: { loses: "messages that no subscription has read yet" },
  google_pubsub_subscription: { loses: "its unread messages" },
  google_monitoring_metric_descriptor: { loses: "its values until now" },
  docker_volume: { loses: "what is stored on it" },
};
