import { allColumns, type Table } from "../../contracts/model/table";

/**
 * GoogleSQL that makes one table a copy of another with the same contract, in one statement: readers see the rows before it or those after it.
 * A row is known by the table's primary key and the load that made it, so a month that was loaded again takes the place of the one before. It
 * may run any number of times, and keeps to what DuckDB reads alike, so that a test can run it.
 *
 * @param target Full name of the copy, as the query writes it.
 * @param source Full name of the original, as the query writes it.
 */
export function icebergCopyQuery(contract: Table, target: string, source: string): string {
  const { partitionBy, primaryKey } = contract;
  const columns = allColumns(contract).map(({ name }) => name);
  const identity = [...primaryKey, ...columns.filter((name) => name === "_load_id")];
  // Landed tables refuse a query without a filter on their partition: this one is true for every month.
  const everyMonth = partitionBy === undefined ? "" : ` WHERE ${partitionBy} >= DATE '1900-01-01'`;
  return `
MERGE INTO ${target} AS kept
USING (SELECT ${columns.join(", ")} FROM ${source}${everyMonth}) AS landed
ON ${identity.map((name) => `kept.${name} = landed.${name}`).join(" AND ")}
WHEN NOT MATCHED BY TARGET THEN INSERT (${columns.join(", ")}) VALUES (${columns.map((name) => `landed.${name}`).join(", ")})
WHEN NOT MATCHED BY SOURCE THEN DELETE
`;
}
