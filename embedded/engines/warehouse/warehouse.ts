import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { mkdirSync } from "node:fs";
import type { Catalog } from "../../catalog/catalog";
import type { BigqueryTable } from "../../catalog/deployed-objects";
import { EmbeddedError } from "../../embedded-error";
import { withLock } from "../../exclusive-lock";
import type { EmbeddedPaths } from "../../paths";
import { duckDbType, type Field } from "./column-types";
import { externalSelect } from "./external-view";
import { dropDestroyed, openBook, writeBook } from "./book-of-deployed";
import { makePortable, portableRoutine, portableView } from "./portable-objects";
import { rows } from "./rows";
import { literal, name } from "./sql-text";

const LOCK_MILLISECONDS = 30_000;

/**
 * Brings the DuckDB file that stands for BigQuery in line with what was deployed: datasets are schemas, tables keep their rows, external
 * tables are views on the lake, views and SQL functions are served where their SQL is DuckDB's too. What was destroyed is dropped.
 *
 * @returns what was deployed and isn't served, and why: `dataset.name (reason)`.
 * @throws EmbeddedError when another process holds the file, or for a change that BigQuery would refuse.
 */
export async function reconcileWarehouse(catalog: Catalog, paths: EmbeddedPaths): Promise<readonly string[]> {
  mkdirSync(paths.warehouse(), { recursive: true });
  const lock = { what: "The warehouse", command: "npm start (deploy)", deadline: LOCK_MILLISECONDS };
  return withLock(paths.warehouseLock(), lock, async () => {
    const instance = await DuckDBInstance.create(paths.warehouseFile());
    const connection = await instance.connect();
    try {
      await connection.run("BEGIN TRANSACTION");
      const notServed = await reconcile(connection, catalog, paths);
      await connection.run("COMMIT");
      return notServed;
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  });
}

async function reconcile(connection: DuckDBConnection, catalog: Catalog, paths: EmbeddedPaths): Promise<readonly string[]> {
  const datasets = catalog.list("google_bigquery_dataset").map(({ dataset_id }) => dataset_id);
  const all = catalog.list("google_bigquery_table");
  const external = all.filter((table) => table.external_data_configuration.length > 0);
  const tables = all.filter((table) => !external.includes(table) && queriesOf(table).length === 0);
  const deployed = { datasets: new Set(datasets), tables: new Set(tables.map(keyOf)) };

  await openBook(connection);
  await dropDestroyed(connection, deployed);
  for (const dataset of datasets) await connection.run(`CREATE SCHEMA IF NOT EXISTS ${name(dataset)}`);
  for (const table of tables) await deployTable(connection, table);
  for (const table of external) await connection.run(`CREATE VIEW ${pathOf(table)} AS ${externalSelect(table, paths)}`);
  const routines = catalog.list("google_bigquery_routine");
  const views = all.flatMap((table) => queriesOf(table).map((query) => portableView(table, query)));
  const { served, notServed } = await makePortable(connection, [
    ...views,
    ...routines.flatMap((routine) => portableRoutine(routine) ?? []),
  ]);

  await writeBook(connection, [
    ...datasets.map((dataset) => ({ dataset, table: null, kind: "SCHEMA" as const })),
    ...tables.map((table) => ({ dataset: table.dataset_id, table: table.table_id, kind: "TABLE" as const })),
    ...external.map((table) => ({ dataset: table.dataset_id, table: table.table_id, kind: "VIEW" as const })),
    ...served.map(({ dataset, object, kind }) => ({ dataset, table: object, kind })),
  ]);
  const procedures = routines.filter((routine) => portableRoutine(routine) === undefined);
  return [...notServed, ...procedures.map(({ dataset_id, routine_id }) => `${dataset_id}.${routine_id} (not a function in SQL)`)];
}

/** The select of a view, materialised or not; none for a table. */
const queriesOf = ({ view, materialized_view }: BigqueryTable): string[] => [...view, ...materialized_view].map(({ query }) => query);

const keyOf = ({ dataset_id, table_id }: BigqueryTable): string => `${dataset_id}.${table_id}`;
const pathOf = ({ dataset_id, table_id }: BigqueryTable): string => `${name(dataset_id)}.${name(table_id)}`;

async function deployTable(connection: DuckDBConnection, table: BigqueryTable): Promise<void> {
  const wanted = (JSON.parse(table.schema ?? "[]") as Field[]).map((field) => ({ name: field.name, type: duckDbType(field) }));
  const columns = wanted.map((column) => `${name(column.name)} ${column.type}`).join(", ");
  await connection.run(`CREATE TABLE IF NOT EXISTS ${pathOf(table)} (${columns})`);
  const present = await rows<{ name: string; type: string }>(
    connection,
    `SELECT column_name AS name, data_type AS type FROM duckdb_columns() WHERE schema_name = ${literal(table.dataset_id)} AND table_name = ${literal(table.table_id)}`,
  );
  const types = new Map(present.map((column) => [column.name, column.type]));
  for (const column of wanted) {
    const type = types.get(column.name);
    if (type === undefined) await connection.run(`ALTER TABLE ${pathOf(table)} ADD COLUMN ${name(column.name)} ${column.type}`);
    else if (type !== column.type) throw changedType(table, column.name, type, column.type);
  }
  const names = new Set(wanted.map((column) => column.name));
  for (const column of present.filter((old) => !names.has(old.name)))
    await connection.run(`ALTER TABLE ${pathOf(table)} DROP COLUMN ${name(column.name)}`);
}

const changedType = (table: BigqueryTable, column: string, from: string, to: string): EmbeddedError =>
  new EmbeddedError(
    `Column "${column}" of ${keyOf(table)} can't change from ${from} to ${to} while the table stands.`,
    "Give the column a new name in its contract, or remove the platform with its data first: npm run destroy",
  );
