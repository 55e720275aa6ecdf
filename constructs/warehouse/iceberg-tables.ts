import { BigqueryTable } from "@cdktf/provider-google/lib/bigquery-table";
import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { Table } from "../../contracts/model/table";
import { bigQuerySchema } from "../../contracts/render/bigquery";
import type { Grantee } from "../identity/grantee";
import type { IcebergTablesProps } from "./iceberg-tables-props";
import { LakeConnection } from "./lake-connection";

/** Days for which what was replaced or deleted can be had back. */
const VERSION_DAYS = 7;

/**
 * Apache Iceberg tables that BigQuery writes and looks after, in a bucket of one's own: Spark, Trino and DuckDB read the same Parquet files and
 * metadata. They are empty until something writes them (IcebergCopies, DML, load jobs); nobody but BigQuery may write the bucket.
 *
 * ### Cost
 * The bucket's storage: 0.020 USD per GiB and month (europe-west1, 2026-07), replaced files for a week longer; and BigQuery's compute for keeping the files in order. Nothing
 * while the tables are empty.
 *
 * @see https://cloud.google.com/bigquery/docs/iceberg-tables
 */
export class IcebergTables extends Construct {
  /** Holds the tables' files, one folder per table. */
  public readonly bucket: StorageBucket;

  /** BigQuery's way into the bucket. */
  public readonly connection: LakeConnection;

  /** By the contract's name. */
  public readonly tables: ReadonlyMap<string, BigqueryTable>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: IcebergTablesProps,
  ) {
    super(scope, id);
    const { environment, propagationSeconds } = props;
    this.bucket = this.makeBucket(props);
    this.connection = new LakeConnection(this, "connection", {
      environment,
      connectionId: "trips-iceberg",
      description: "Reads and writes the files of BigQuery's Iceberg tables.",
      propagationSeconds,
    });
    this.connection.grantTableStorage(this.bucket.name);
    this.tables = new Map(props.contracts.map((contract) => [contract.name, this.makeTable(contract, props)]));
  }

  /** Lets the grantee fill and query the tables, by BigQuery's means. */
  public grantWrite(grantee: Grantee): TerraformResource[] {
    return [this.props.dataset.grantWrite(grantee), this.connection.grantUse(grantee)];
  }

  private makeBucket({ environment, encryptionKey, destroyRows = false }: IcebergTablesProps): StorageBucket {
    return new StorageBucket(this, "bucket", {
      name: `${environment.projectId}-lake-iceberg`,
      location: environment.location,
      uniformBucketLevelAccess: true,
      publicAccessPrevention: "enforced",
      // BigQuery replaces files all the time, and keeps the past by its snapshots: versions are for accidents, and soft delete would pay twice.
      versioning: { enabled: true },
      lifecycleRule: [{ action: { type: "Delete" }, condition: { daysSinceNoncurrentTime: VERSION_DAYS, withState: "ARCHIVED" } }],
      softDeletePolicy: { retentionDurationSeconds: 0 },
      forceDestroy: destroyRows && environment.allowsDataDeletion,
      labels: { ...environment.labels },
      ...(encryptionKey === undefined
        ? {}
        : { encryption: { defaultKmsKeyName: encryptionKey.name }, dependsOn: [encryptionKey.grantService("storage")] }),
    });
  }

  private makeTable(contract: Table, { environment, dataset, policyTags, destroyRows = false }: IcebergTablesProps): BigqueryTable {
    return new BigqueryTable(this, contract.name, {
      datasetId: dataset.datasetId,
      tableId: contract.name,
      description: `${contract.description} Kept as Apache Iceberg.`,
      schema: JSON.stringify(bigQuerySchema(contract, policyTags?.names)),
      biglakeConfiguration: {
        connectionId: this.connection.name,
        storageUri: `gs://${this.bucket.name}/${contract.name}/`,
        fileFormat: "PARQUET",
        tableFormat: "ICEBERG",
      },
      ...(contract.clusterBy.length === 0 ? {} : { clustering: [...contract.clusterBy] }),
      deletionProtection: !(destroyRows && environment.allowsDataDeletion),
      labels: { ...environment.labels },
      dependsOn: [this.connection.ready],
    });
  }
}
