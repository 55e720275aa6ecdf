import type { BigqueryTable, BigqueryTableTableConstraints } from "@cdktf/provider-google/lib/bigquery-table";
import type { Table } from "../../contracts/model/table";
import type { Environment } from "../environment/environment";

/**
 * The contract's keys as BigQuery is told of them, which enforces none: they document, and the planner leaves out joins by them. Keys of
 * tables that aren't given are left out.
 *
 * @see https://cloud.google.com/bigquery/docs/primary-foreign-keys
 */
export function tableKeys(
  { primaryKey, foreignKeys }: Table,
  { projectId }: Environment,
  referenced: ReadonlyMap<string, BigqueryTable>,
): BigqueryTableTableConstraints | undefined {
  const foreign = foreignKeys.flatMap(({ column, table, references }) => {
    const other = referenced.get(table);
    if (other === undefined) return [];
    return {
      // Named, since BigQuery would give it a name that the next plan takes for a change.
      name: `${column}_in_${table}`,
      referencedTable: { projectId, datasetId: other.datasetId, tableId: other.tableId },
      columnReferences: { referencingColumn: column, referencedColumn: references },
    };
  });
  if (primaryKey.length === 0 && foreign.length === 0) return undefined;
  return {
    ...(primaryKey.length === 0 ? {} : { primaryKey: { columns: [...primaryKey] } }),
    ...(foreign.length === 0 ? {} : { foreignKeys: foreign }),
  };
}
