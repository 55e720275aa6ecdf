import { BigqueryTable } from "@cdktf/provider-google/lib/bigquery-table";
import { StorageBucketObject } from "@cdktf/provider-google/lib/storage-bucket-object";
import { AssetType, TerraformAsset } from "cdktf";
import { Construct } from "constructs";
import { tableName } from "./contract-sql";
import type { StreamTableProps } from "./stream-table-props";
import { View } from "./view";

/**
 * Events that a sink of a stream writes to the lake, by the hour in which they happened: an external table over its files, and a view on which
 * each event is once, however often it was sent.
 *
 * The sink writes each record of the stream once. A producer that was killed and begins anew sends events twice, and a replay all of them: the
 * first one counts.
 *
 * ### Cost
 * Queries read the lake: 6.25 USD per TiB (US list price, 2026-07). A condition on `hour` limits what the view reads, too; without one it reads
 * and sorts all that ever streamed.
 */
export class StreamTable extends Construct {
  /** The external table over the files. */
  public readonly table: BigqueryTable;

  /** What to read. */
  public readonly view: View;

  /** The object without rows that keeps the table alive while no event has arrived. */
  public readonly placeholder: StorageBucketObject;

  constructor(scope: Construct, id: string, props: StreamTableProps) {
    super(scope, id);
    const { environment, dataset, name, event, bucket, folder, emptyParquet, connection } = props;
    const prefix = `${bucket.url}/${folder}`;
    this.placeholder = new StorageBucketObject(this, "placeholder", {
      bucket: bucket.bucket.name,
      name: `${folder}/hour=0000-00-00T00/empty.parquet`,
      // Without a hash in its path: the provider replaces an object whose path changes, and sees a changed file anyway.
      source: new TerraformAsset(this, "empty-parquet", { path: emptyParquet, type: AssetType.FILE, assetHash: "file" }).path,
      contentType: "application/vnd.apache.parquet",
    });
    this.table = new BigqueryTable(this, "table", {
      datasetId: dataset.datasetId,
      tableId: `${name}_files`,
      description: `${event.description} As they were sent, read from the lake.`,
      externalDataConfiguration: {
        autodetect: true,
        sourceFormat: "PARQUET",
        sourceUris: [`${prefix}/*`],
        hivePartitioningOptions: { mode: "CUSTOM", sourceUriPrefix: `${prefix}/{hour:STRING}` },
        connectionId: connection?.name,
      },
      // The rows are the lake's: without the table nothing is lost.
      deletionProtection: false,
      labels: { ...environment.labels },
      dependsOn: [this.placeholder, ...(connection === undefined ? [] : [connection.ready])],
    });
    const description = `${event.description} Each once, however often it was sent.`;
    this.view = new View(this, "view", { environment, dataset, viewId: name, description, query: firstOfEach(props, this.table) });
  }
}

/** With the hour among what rows are kept apart by, a condition on it goes down to the files; one event is always in the same hour. */
function firstOfEach({ environment, event, idField, sentField }: StreamTableProps, table: BigqueryTable): string {
  const columns = [...event.fields.map(({ name }) => name), "hour"];
  return `select
${columns.map((column) => `  ${column}`).join(",\n")}
from ${tableName(environment, table)}
where true
qualify row_number() over (partition by hour, ${idField} order by ${sentField}) = 1`;
}
