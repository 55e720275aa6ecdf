import type { BigqueryTable } from "@cdktf/provider-google/lib/bigquery-table";
import { allColumns, type Table } from "../../contracts/model/table";
import type { Environment } from "../environment/environment";

/** First month of which the TLC has records. */
export const FIRST_MONTH = "2009-01";

/** The table's full name for GoogleSQL; whoever uses it depends on the table. */
export const tableName = ({ projectId }: Environment, { datasetId, tableId }: BigqueryTable): string =>
  `\`${projectId}.${datasetId}.${tableId}\``;

/**
 * Rows of a contract's table from a month on, without the columns that are protected or only tell of the load.
 *
 * The constant date is the partition filter that the table asks for. Such SQL is plain enough for other engines to run.
 */
export function sharedRows(contract: Table, from: string, since: string): string {
  const columns = allColumns(contract).filter(({ name, policyTag }) => policyTag === undefined && !name.startsWith("_"));
  return `select\n${columns.map(({ name }) => `  ${name}`).join(",\n")}\nfrom ${from}${fromMonth(contract, since)}`;
}

/** How many rows a contract's table has in each month, and what was paid, where it knows. BigQuery can keep the result up to date. */
export function monthSummary(contract: Table & { readonly partitionBy: string }, from: string): string {
  const month = contract.partitionBy;
  const total = contract.columns.some(({ name }) => name === "total_amount") ? ["sum(total_amount) as total_amount"] : [];
  const columns = [month, "count(*) as trips", "countif(_warnings != '') as trips_with_warnings", ...total];
  return `select\n${columns.map((column) => `  ${column}`).join(",\n")}\nfrom ${from}${fromMonth(contract, FIRST_MONTH)}\ngroup by ${month}`;
}

const fromMonth = ({ partitionBy }: Table, since: string): string =>
  partitionBy === undefined ? "" : `\nwhere ${partitionBy} >= date '${since}-01'`;
