import type { Column, ColumnType } from "../model/column";
import { allColumns, type NamedColumn, type Table } from "../model/table";

/** How one engine spells our types; decimals get their digits appended. */
type TypeNames = Record<ColumnType, string>;

const duckdb: TypeNames = {
  string: "VARCHAR",
  integer: "BIGINT",
  decimal: "DECIMAL",
  boolean: "BOOLEAN",
  date: "DATE",
  local_datetime: "TIMESTAMP",
  instant: "TIMESTAMPTZ",
};

const postgres: TypeNames = {
  string: "text",
  integer: "bigint",
  decimal: "numeric",
  boolean: "boolean",
  date: "date",
  local_datetime: "timestamp",
  instant: "timestamptz",
};

const typeOf = (names: TypeNames, { type, precision, scale }: Column): string =>
  type === "decimal" ? `${names.decimal}(${String(precision)}, ${String(scale)})` : names[type];

const body = (names: TypeNames, table: Table): string =>
  allColumns(table)
    .map((column) => `  ${column.name} ${typeOf(names, column)}${column.required ? " NOT NULL" : ""}`)
    .join(",\n");

/** `CREATE TABLE` for DuckDB, in the schema that is current; without a primary key, whose index would make replacing a month slow. */
export const duckDbDdl = (table: Table): string => `CREATE TABLE IF NOT EXISTS ${table.name} (\n${body(duckdb, table)}\n);\n`;

/** `CREATE TABLE` for Postgres, in the schema that is current; partitioned tables have one list partition per month. */
export const postgresDdl = (table: Table): string =>
  `CREATE TABLE IF NOT EXISTS ${table.name} (\n${body(postgres, table)}\n)${table.partitionBy ? ` PARTITION BY LIST (${table.partitionBy})` : ""};\n`;

/** An empty select with the columns in DuckDB's types, for a Parquet file without rows. */
export const duckDbEmptySelect = (columns: readonly NamedColumn[]): string =>
  `SELECT ${columns.map((column) => `CAST(NULL AS ${typeOf(duckdb, column)}) AS ${column.name}`).join(", ")} WHERE false`;
