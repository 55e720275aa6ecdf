import { DuckDBInstance } from "@duckdb/node-api";
import type { NamedColumn } from "../model/table";
import { duckDbEmptySelect } from "./sql";

/** Writes a Parquet file that has the columns and no row: BigQuery refuses an external table over an empty prefix. */
export async function writeEmptyParquet(columns: readonly NamedColumn[], file: string): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    await connection.run(`COPY (${duckDbEmptySelect(columns)}) TO '${file.replaceAll("'", "''")}' (FORMAT parquet)`);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
