import { BigqueryTable } from "@cdktf/provider-google/lib/bigquery-table";
import { Construct } from "constructs";
import type { ViewProps } from "./view-props";

/**
 * A view: a select under a name.
 *
 * ### Cost
 * What its select reads, each time.
 */
export class View extends Construct {
  /** The view, which the provider calls a table. */
  public readonly table: BigqueryTable;

  constructor(scope: Construct, id: string, { environment, dataset, viewId, description, query }: ViewProps) {
    super(scope, id);
    this.table = new BigqueryTable(this, "view", {
      datasetId: dataset.datasetId,
      tableId: viewId,
      description,
      view: { query, useLegacySql: false },
      // It holds no rows: without the view nothing is lost.
      deletionProtection: false,
      labels: { ...environment.labels },
    });
  }
}
