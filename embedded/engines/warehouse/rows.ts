import type { DuckDBConnection } from "@duckdb/node-api";

/** What a query answers with, column by name. */
export async function rows<Row>(connection: DuckDBConnection, sql: string): Promise<Row[]> {
  return (await (await connection.runAndReadAll(sql)).getRowObjectsJson()) as Row[];
}
