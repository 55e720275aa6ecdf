import { BigqueryTable } from "@cdktf/provider-google/lib/bigquery-table";
import { StorageBucketObject } from "@cdktf/provider-google/lib/storage-bucket-object";
import { AssetType, TerraformAsset } from "cdktf";
import { Construct } from "constructs";
import type { LakeTableProps } from "./lake-table-props";

/**
 * An external BigQuery table over one service's clean Parquet files, with the file month as its partition key `month` (text, YYYY-MM).
 *
 * The schema is read from the files, since the API refuses one for Parquet, and refuses a prefix without files: so an object without rows is
 * put there first. Through a connection it is a BigLake table; one without can become so where it stands.
 *
 * ### Cost
 * Queries read the lake: 6.25 USD per TiB (US list price, 2026-07); nothing is stored twice.
 */
export class LakeTable extends Construct {
  /** The external table itself. */
  public readonly table: BigqueryTable;

  /** The object without rows that keeps the table alive while no month has arrived. */
  public readonly placeholder: StorageBucketObject;

  constructor(scope: Construct, id: string, props: LakeTableProps) {
    super(scope, id);
    const { environment, dataset, contract, bucket, emptyParquet, connection } = props;
    const prefix = `${bucket.url}/${contract.service}`;
    this.placeholder = new StorageBucketObject(this, "placeholder", {
      bucket: bucket.bucket.name,
      name: `${contract.service}/month=0000-00/empty.parquet`,
      source: this.beside(emptyParquet),
      contentType: "application/vnd.apache.parquet",
    });
    this.table = new BigqueryTable(this, "table", {
      datasetId: dataset.datasetId,
      tableId: contract.name,
      description: `${contract.description} Read from the lake.`,
      externalDataConfiguration: {
        autodetect: true,
        sourceFormat: "PARQUET",
        sourceUris: [`${prefix}/*`],
        hivePartitioningOptions: { mode: "CUSTOM", sourceUriPrefix: `${prefix}/{month:STRING}` },
        connectionId: connection?.name,
        ...metadataCache(props),
      },
      maxStaleness: staleness(props),
      // The rows are the lake's: without the table nothing is lost.
      deletionProtection: false,
      labels: { ...environment.labels },
      dependsOn: [this.placeholder, ...(connection === undefined ? [] : [connection.ready])],
    });
  }

  /** Path of a copy beside the stack's JSON, without a hash: the provider replaces an object whose path changes, and sees a changed file anyway. */
  private beside(path: string): string {
    return new TerraformAsset(this, "empty-parquet", { path, type: AssetType.FILE, assetHash: "file" }).path;
  }
}

const metadataCache = ({ metadataCacheMinutes }: LakeTableProps) =>
  metadataCacheMinutes === undefined ? {} : { metadataCacheMode: "AUTOMATIC" };

/** A SQL interval, as BigQuery writes it: https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#interval_type */
function staleness({ contract, connection, metadataCacheMinutes }: LakeTableProps): string | undefined {
  if (metadataCacheMinutes === undefined) return undefined;
  if (connection === undefined || metadataCacheMinutes < 30 || metadataCacheMinutes > 10_080) {
    throw new Error(
      `The metadata cache of the lake table "${contract.name}" needs a connection, and 30 to 10080 minutes; here ${connection ? "are" : "is no connection and"} ${String(metadataCacheMinutes)}.`,
    );
  }
  const [minutes, hours] = [metadataCacheMinutes % 60, Math.floor(metadataCacheMinutes / 60)];
  return `0-0 0 ${String(hours)}:${String(minutes)}:0`;
}
