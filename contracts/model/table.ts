import { createHash } from "node:crypto";
import type { Column } from "./column";
import type { ForeignKey } from "./foreign-key";
import type { Rule } from "./rule";

/** What a table's contract says. */
export interface TableOptions {
  /** What one row is. */
  readonly description: string;

  /** Columns that the source delivers, in the order in which they are stored. */
  readonly columns: Readonly<Record<string, Column>>;

  /**
   * Columns that the platform adds behind the source's.
   *
   * @default {}
   */
  readonly systemColumns?: Readonly<Record<string, Column>>;

  /**
   * The service whose files fill the table, e.g. `yellow`; completes paths in the lake.
   *
   * @default - no files are delivered for it
   */
  readonly service?: string;

  /**
   * Columns that identify a row.
   *
   * @default []
   */
  readonly primaryKey?: readonly string[];

  /**
   * Columns whose values are keys of other tables.
   *
   * @default []
   */
  readonly foreignKeys?: readonly ForeignKey[];

  /**
   * Date column by whose month the table is partitioned.
   *
   * @default - not partitioned
   */
  readonly partitionBy?: string;

  /**
   * Columns by which rows lie together within a partition, most selective filter first; at most 4.
   *
   * @default []
   */
  readonly clusterBy?: readonly string[];

  /**
   * Conditions beyond types and required values.
   *
   * @default []
   */
  readonly rules?: readonly Rule[];
}

/** A column with its name. */
export interface NamedColumn extends Column {
  readonly name: string;
}

/** One table, typed once for every engine. */
export interface Table {
  readonly name: string;
  readonly description: string;
  readonly service?: string;
  readonly columns: readonly NamedColumn[];
  readonly systemColumns: readonly NamedColumn[];
  readonly primaryKey: readonly string[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly partitionBy?: string;
  readonly clusterBy: readonly string[];
  readonly rules: readonly Rule[];

  /** SHA-256 of all that decides which rows and values a file turns into; descriptions, keys and policy tags are left out. */
  readonly hash: string;
}

/**
 * Declares a table.
 *
 * @throws Error when a name is not a lower-case SQL identifier, stands twice, or is used but not declared.
 */
export function table(name: string, options: TableOptions): Table {
  const columns = named(options.columns);
  const systemColumns = named(options.systemColumns ?? {});
  const { description, service, primaryKey = [], foreignKeys = [], partitionBy, clusterBy = [], rules = [] } = options;
  const keys = { primaryKey, foreignKeys };
  const declared: Omit<Table, "hash"> = { name, description, service, columns, systemColumns, ...keys, partitionBy, clusterBy, rules };
  validate(declared);
  return { ...declared, hash: dataHash(declared) };
}

/** All columns in the order in which they are stored. */
export const allColumns = (of: Pick<Table, "columns" | "systemColumns">): readonly NamedColumn[] => [...of.columns, ...of.systemColumns];

const named = (columns: Readonly<Record<string, Column>>): NamedColumn[] =>
  Object.entries(columns).map(([name, column]) => ({ name, ...column }));

function validate(table: Omit<Table, "hash">): void {
  const all = allColumns(table);
  const names = new Set(all.map((column) => column.name));
  const complain = (what: string): never => {
    throw new Error(`Contract "${table.name}": ${what}`);
  };
  for (const name of [table.name, ...names]) {
    if (!/^[a-z_][a-z0-9_]{0,62}$/.test(name)) complain(`"${name}" is not a lower-case SQL identifier of at most 63 characters.`);
  }
  if (names.size !== all.length) complain("a column's name stands twice.");
  if (table.clusterBy.length > 4) complain(`BigQuery clusters by at most 4 columns, here are ${String(table.clusterBy.length)}.`);
  const foreign = table.foreignKeys.map(({ column }) => column);
  const used = [...table.primaryKey, ...foreign, ...table.clusterBy, ...(table.partitionBy ? [table.partitionBy] : [])];
  const checked = table.rules.flatMap(({ check }) => [check.column, ...("other" in check ? [check.other] : [])]);
  for (const name of [...used, ...checked])
    if (!names.has(name)) complain(`"${name}" is used in a key or rule, but no column has that name.`);
  const aliases = all.flatMap((column) => [column.name, ...(column.aliases ?? [])]).map((alias) => alias.toLowerCase());
  const twice = aliases.find((alias, index) => aliases.indexOf(alias) !== index);
  if (twice !== undefined) complain(`the source name "${twice}" stands for two columns.`);
}

function dataHash({ name, service, columns, systemColumns, rules }: Omit<Table, "hash">): string {
  const shape = ({ name, type, precision, scale, required, aliases, since }: NamedColumn) => [
    name,
    type,
    precision,
    scale,
    required ?? false,
    aliases ?? [],
    since,
  ];
  const decisive = [
    name,
    service,
    columns.map(shape),
    systemColumns.map(shape),
    rules.map(({ name, severity, check }) => [name, severity, check]),
  ];
  return createHash("sha256").update(JSON.stringify(decisive)).digest("hex");
}
