import { BigqueryTable } from "@cdktf/provider-google/lib/bigquery-table";
import { Construct } from "constructs";
import type { MaterializedViewProps } from "./materialized-view-props";

const MILLISECONDS_PER_MINUTE = 60_000;

/**
 * A view whose result BigQuery keeps and keeps up to date. A changed query replaces it.
 *
 * BigQuery keeps only some selects (aggregates over one table, say) up to date, and wants a constant filter in the select itself where the
 * table must be read by partition.
 *
 * ### Cost
 * Its refreshes read what changed in the table below; storage of the result.
 *
 * @see https://cloud.google.com/bigquery/docs/materialized-views-create#supported-mvs
 * @see https://github.com/hashicorp/terraform-provider-google/issues/21691
 */
export class MaterializedView extends Construct {
  /** The view, which the provider calls a table. */
  public readonly table: BigqueryTable;

  constructor(scope: Construct, id: string, props: MaterializedViewProps) {
    super(scope, id);
    const { environment, dataset, viewId, description, query, partitionBy, refreshMinutes = 30 } = props;
    this.table = new BigqueryTable(this, "view", {
      datasetId: dataset.datasetId,
      tableId: viewId,
      description,
      materializedView: { query, enableRefresh: true, refreshIntervalMs: refreshMinutes * MILLISECONDS_PER_MINUTE },
      ...(partitionBy === undefined ? {} : { timePartitioning: { type: "MONTH", field: partitionBy } }),
      // Its rows can be worked out again.
      deletionProtection: false,
      labels: { ...environment.labels },
    });
  }
}
