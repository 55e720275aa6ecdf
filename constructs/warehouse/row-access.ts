import { BigqueryRowAccessPolicy } from "@cdktf/provider-google/lib/bigquery-row-access-policy";
import type { BigqueryTable } from "@cdktf/provider-google/lib/bigquery-table";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import type { Dataset } from "./dataset";
import type { RowPolicy } from "./row-policy";

/** What {@link RowAccess} needs to know. */
export interface RowAccessProps {
  /** The table whose rows are restricted. */
  readonly table: BigqueryTable;

  /** Its dataset: who was granted it sees every row. */
  readonly dataset: Dataset;
}

/**
 * Row-level security of one table. The first policy on a table hides all rows from everybody whom no policy names; so the first one shows
 * every row to those who work on the whole dataset, without which ingest couldn't change the table and dbt would read an empty one.
 *
 * ### Cost
 * None of its own; BigQuery bills the bytes that the filter reads.
 *
 * @see https://cloud.google.com/bigquery/docs/using-row-level-security-with-features#the_true_filter
 */
export class RowAccess extends Construct {
  /** Shows every row to whomever the dataset was granted. */
  public readonly allRows: BigqueryRowAccessPolicy;

  private readonly table: BigqueryTable;

  constructor(scope: Construct, id: string, { table, dataset }: RowAccessProps) {
    super(scope, id);
    this.table = table;
    this.allRows = new BigqueryRowAccessPolicy(this, "all-rows", {
      datasetId: table.datasetId,
      tableId: table.tableId,
      policyId: "all_rows",
      filterPredicate: "TRUE",
      // Read when the stack is synthesised: grants on the dataset may follow.
      grantees: Lazy.listValue({ produce: () => dataset.grantedMembers }),
    });
  }

  /** Shows the grantees the rows that meet the policy's filter. @throws Error for a name that BigQuery would refuse. */
  public add({ name, filter, grantees }: RowPolicy): BigqueryRowAccessPolicy {
    if (!/^\w{1,256}$/.test(name) || name === this.allRows.policyIdInput) {
      throw new Error(`The row policy "${name}" needs another name: letters, digits and underscores, and not all_rows.`);
    }
    return new BigqueryRowAccessPolicy(this, name, {
      datasetId: this.table.datasetId,
      tableId: this.table.tableId,
      policyId: name,
      filterPredicate: filter,
      grantees: grantees.map(({ member }) => member),
      dependsOn: [this.allRows],
    });
  }
}
