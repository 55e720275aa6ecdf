import type { DuckDBConnection } from "@duckdb/node-api";
import { rows } from "./rows";
import { literal, name } from "./sql-text";

/** Which datasets and objects of the file were deployed; what dbt and ingest make is theirs and stays untouched. */
const BOOK = 'main."_deployed"';

/** One entry of the book. */
export interface Deployed {
  readonly dataset: string;

  /** Name of the table, view or macro; null for the dataset itself. */
  readonly table: string | null;

  /** How `DROP` calls it. */
  readonly kind: "SCHEMA" | "TABLE" | "VIEW" | "MACRO" | "MACRO TABLE";
}

/** Makes the book where there is none yet. */
export async function openBook(connection: DuckDBConnection): Promise<void> {
  await connection.run(`CREATE TABLE IF NOT EXISTS ${BOOK} (dataset VARCHAR, "table" VARCHAR, kind VARCHAR)`);
}

/** Drops datasets and tables that are no longer deployed, and all views and macros: they hold no rows, and are made anew. */
export async function dropDestroyed(
  connection: DuckDBConnection,
  deployed: { readonly datasets: ReadonlySet<string>; readonly tables: ReadonlySet<string> },
): Promise<void> {
  const book = await rows<Deployed>(connection, `SELECT dataset, "table", kind FROM ${BOOK}`);
  for (const { dataset, table, kind } of book) {
    const stays = kind === "TABLE" && deployed.tables.has(`${dataset}.${String(table)}`);
    if (table !== null && !stays) await connection.run(`DROP ${kind} IF EXISTS ${name(dataset)}.${name(table)}`);
  }
  for (const { dataset, table } of book) {
    if (table === null && !deployed.datasets.has(dataset)) await connection.run(`DROP SCHEMA IF EXISTS ${name(dataset)} CASCADE`);
  }
}

/** Writes down what is deployed now. */
export async function writeBook(connection: DuckDBConnection, deployed: readonly Deployed[]): Promise<void> {
  await connection.run(`DELETE FROM ${BOOK}`);
  for (const { dataset, table, kind } of deployed) {
    await connection.run(`INSERT INTO ${BOOK} VALUES (${literal(dataset)}, ${table === null ? "NULL" : literal(table)}, ${literal(kind)})`);
  }
}
