import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { mkdirSync } from "node:fs";
import type { Catalog } from "../../catalog/catalog";
import type { BigqueryTable } from "../../catalog/deployed-objects";
import { EmbeddedError } from "../../embedded-error";
import { withLock } from "../../exclusive-lock";
import type { EmbeddedPaths } from "../../paths";
import { duckDbType, type Field } from "./column-types";
import { externalSelect } from "./external-view";
import { literal, name } from "./sql-text";

const LOCK_MILLISECONDS = 30_000;

/** Which datasets and tables of the file were deployed; what dbt and ingest make is theirs and stays untouched. */
const BOOK = 'main."_deployed"';

/**
 * Brings the DuckDB file that stands for BigQuery in line with what was deployed: datasets are schemas, tables keep their rows, external
 * tables are views on the lake. What was destroyed is dropped.
 *
 * @throws EmbeddedError when another process holds the file, or for a change that BigQuery would refuse.
 */
export async function reconcileWarehouse(catalog: Catalog, paths: EmbeddedPaths): Promise<void> {
  mkdirSync(paths.warehouse(), { recursive: true });
  await withLock(paths.warehouseLock(), { what: "The warehouse", command: "npm start (deploy)", deadline: LOCK_MILLISECONDS }, async () => {
    const instance = await DuckDBInstance.create(paths.warehouseFile());
    const connection = await instance.connect();
    try {
      await connection.run("BEGIN TRANSACTION");
      await reconcile(connection, catalog, paths);
      await connection.run("COMMIT");
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  });
}

async function reconcile(connection: DuckDBConnection, catalog: Catalog, paths: EmbeddedPaths): Promise<void> {
  await connection.run(`CREATE TABLE IF NOT EXISTS ${BOOK} (dataset VARCHAR, "table" VARCHAR, kind VARCHAR)`);
  const datasets = catalog.list("google_bigquery_dataset").map(({ dataset_id }) => dataset_id);
  const tables = catalog.list("google_bigquery_table");
  await dropDestroyed(connection, new Set(datasets), new Set(tables.map(keyOf)));
  for (const dataset of datasets) await connection.run(`CREATE SCHEMA IF NOT EXISTS ${name(dataset)}`);
  for (const table of tables) {
    if (table.external_data_configuration.length > 0) await deployView(connection, table, paths);
    else await deployTable(connection, table);
  }
  await connection.run(`DELETE FROM ${BOOK}`);
  for (const dataset of datasets) await connection.run(`INSERT INTO ${BOOK} VALUES (${literal(dataset)}, NULL, 'SCHEMA')`);
  for (const table of tables) {
    const kind = table.external_data_configuration.length > 0 ? "VIEW" : "TABLE";
    await connection.run(`INSERT INTO ${BOOK} VALUES (${literal(table.dataset_id)}, ${literal(table.table_id)}, '${kind}')`);
  }
}

async function dropDestroyed(connection: DuckDBConnection, datasets: ReadonlySet<string>, tables: ReadonlySet<string>): Promise<void> {
  const deployed = await rows<{ dataset: string; table: string | null; kind: string }>(
    connection,
    `SELECT dataset, "table", kind FROM ${BOOK}`,
  );
  for (const { dataset, table, kind } of deployed) {
    if (table !== null && !tables.has(`${dataset}.${table}`))
      await connection.run(`DROP ${kind} IF EXISTS ${name(dataset)}.${name(table)}`);
  }
  for (const { dataset, table } of deployed) {
    if (table === null && !datasets.has(dataset)) await connection.run(`DROP SCHEMA IF EXISTS ${name(dataset)} CASCADE`);
  }
}

const keyOf = ({ dataset_id, table_id }: BigqueryTable): string => `${dataset_id}.${table_id}`;
const pathOf = ({ dataset_id, table_id }: BigqueryTable): string => `${name(dataset_id)}.${name(table_id)}`;

async function deployView(connection: DuckDBConnection, table: BigqueryTable, paths: EmbeddedPaths): Promise<void> {
  await connection.run(`CREATE OR REPLACE VIEW ${pathOf(table)} AS ${externalSelect(table, paths)}`);
}

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

async function rows<Row>(connection: DuckDBConnection, sql: string): Promise<Row[]> {
  return (await (await connection.runAndReadAll(sql)).getRowObjectsJson()) as Row[];
}
