/** Any object in the catalogue: the attributes by their Terraform names, as the state knows them; absent values are null. */
export interface DeployedObject {
  readonly id: string;
}

/** The objects that engines read, by Terraform type. Only the attributes that an engine needs are described. */
export interface DeployedObjects {
  google_storage_bucket: StorageBucket;
  google_storage_bucket_object: StorageBucketObject;
  google_bigquery_dataset: BigqueryDataset;
  google_bigquery_table: BigqueryTable;
  google_bigquery_routine: BigqueryRoutine;
  google_sql_database_instance: SqlDatabaseInstance;
  google_compute_instance: ComputeInstance;
  docker_network: DockerNetwork;
  docker_volume: DockerVolume;
  docker_image: DockerImage;
  docker_container: DockerContainer;
}

export interface StorageBucket extends DeployedObject {
  readonly name: string;
  /** In capitals, as Cloud Storage gives it back: `EUROPE-WEST1`. */
  readonly location: string;
  readonly project: string;
}

export interface StorageBucketObject extends DeployedObject {
  readonly bucket: string;
  /** Path in the bucket, without a leading slash. The bytes: `catalog.contentFile("google_storage_bucket_object", id)`. */
  readonly name: string;
  readonly content_type: string;
  /** Base64. */
  readonly md5hash: string;
  /** When it was written, in milliseconds since 1970. */
  readonly generation: number;
}

export interface BigqueryDataset extends DeployedObject {
  readonly dataset_id: string;
  readonly project: string;
  readonly location: string;
  readonly description: string | null;
}

export interface BigqueryTable extends DeployedObject {
  readonly dataset_id: string;
  readonly table_id: string;
  readonly project: string;
  readonly type: "TABLE" | "VIEW" | "MATERIALIZED_VIEW" | "EXTERNAL";
  readonly description: string | null;
  /** JSON text of a list of fields (`name`, `type`, `mode`, …). `[]` or null where the schema comes from the files. */
  readonly schema: string | null;
  readonly require_partition_filter: boolean | null;
  /** Columns, most selective first. */
  readonly clustering: readonly string[] | null;
  /** None or one. */
  readonly time_partitioning: readonly { readonly type: string; readonly field: string | null }[];
  /** None or one. */
  readonly external_data_configuration: readonly ExternalData[];
  /** None or one. */
  readonly view: readonly { readonly query: string; readonly use_legacy_sql: boolean }[];
  /** None or one. */
  readonly materialized_view: readonly { readonly query: string }[];
}

export interface BigqueryRoutine extends DeployedObject {
  readonly dataset_id: string;
  readonly routine_id: string;
  readonly routine_type: "SCALAR_FUNCTION" | "TABLE_VALUED_FUNCTION" | "PROCEDURE";
  readonly language: string | null;
  readonly definition_body: string;
  readonly arguments: readonly { readonly name: string | null }[];
}

export interface ExternalData {
  /** `PARQUET`, `CSV`, … */
  readonly source_format: string | null;
  readonly autodetect: boolean;
  /** `gs://bucket/path/*`. */
  readonly source_uris: readonly string[];
  /** None or one. `source_uri_prefix` is `gs://bucket/path/` and, with mode CUSTOM, typed keys: `{month:STRING}`. */
  readonly hive_partitioning_options: readonly { readonly mode: string | null; readonly source_uri_prefix: string | null }[];
}

export interface SqlDatabaseInstance extends DeployedObject {
  readonly name: string;
}

export interface ComputeInstance extends DeployedObject {
  readonly name: string;
}

export interface DockerNetwork extends DeployedObject {
  readonly name: string;
}

export interface DockerVolume extends DeployedObject {
  readonly name: string;
}

export interface DockerImage extends DeployedObject {
  /** `postgres:17`. */
  readonly name: string;
  readonly image_id: string;
}

export interface DockerContainer extends DeployedObject {
  readonly name: string;
  /** A {@link DockerImage}'s `image_id`, or an image's name. */
  readonly image: string;
  /** `NAME=value`. */
  readonly env: readonly string[] | null;
  readonly command: readonly string[] | null;
  readonly ports: readonly {
    readonly internal: number;
    readonly external: number | null;
    readonly ip: string;
    readonly protocol: string;
  }[];
  readonly volumes: readonly {
    readonly volume_name: string | null;
    readonly host_path: string | null;
    readonly container_path: string | null;
    readonly read_only: boolean | null;
  }[];
  readonly mounts: readonly {
    readonly type: string;
    readonly source: string | null;
    readonly target: string;
    readonly read_only: boolean | null;
  }[];
  readonly networks_advanced: readonly { readonly name: string; readonly aliases: readonly string[] | null }[];
}
