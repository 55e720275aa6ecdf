import { BigqueryTable } from "@cdktf/provider-google/lib/bigquery-table";
import { Construct } from "constructs";
import { bigQuerySchema } from "../../contracts/render/bigquery";
import type { LandedTableProps } from "./landed-table-props";

/**
 * A BigQuery table made from a contract, that ingest fills: partitioned by the month of the contract's partition column, so that one
 * month is replaced by one load job (`table$YYYYMM`, WRITE_TRUNCATE), and read only with a filter on it.
 *
 * ### Cost
 * See {@link Dataset}; the partition filter keeps a careless query from reading every month.
 */
export class LandedTable extends Construct {
  /** The table itself. */
  public readonly table: BigqueryTable;

  constructor(scope: Construct, id: string, props: LandedTableProps) {
    super(scope, id);
    const { environment, dataset, contract, destroyRows = false } = props;
    const { partitionBy, clusterBy } = contract;
    this.table = new BigqueryTable(this, "table", {
      datasetId: dataset.datasetId,
      tableId: contract.name,
      description: contract.description,
      schema: JSON.stringify(bigQuerySchema(contract)),
      ...(partitionBy === undefined ? {} : { timePartitioning: { type: "MONTH", field: partitionBy }, requirePartitionFilter: true }),
      ...(clusterBy.length === 0 ? {} : { clustering: [...clusterBy] }),
      deletionProtection: !(destroyRows && environment.allowsDataDeletion),
      labels: { ...environment.labels },
    });
  }
}
