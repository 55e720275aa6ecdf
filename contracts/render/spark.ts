import type { Column, ColumnType } from "../model/column";
import { allColumns, type Table } from "../model/table";

/** A field of Spark's schema in JSON: what `StructType.fromJson` reads. */
interface SparkField {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly metadata: { readonly comment: string };
}

/** A Spark schema in JSON. */
interface SparkStruct {
  readonly type: "struct";
  readonly fields: readonly SparkField[];
}

/** Names of Spark's types, https://spark.apache.org/docs/3.5.3/sql-ref-datatypes.html; a decimal gets its digits appended. */
const types: Record<ColumnType, string> = {
  string: "string",
  integer: "long",
  decimal: "decimal",
  boolean: "boolean",
  date: "date",
  // Spark's plain timestamp is an instant, which a session shows in its own zone.
  local_datetime: "timestamp_ntz",
  instant: "timestamp",
};

const typeOf = ({ type, precision, scale }: Column): string =>
  precision === undefined ? types[type] : `${types[type]}(${String(precision)},${String(scale)})`;

/** The table's schema as Spark takes it, descriptions as comments. */
export const sparkSchema = (table: Table): SparkStruct => ({
  type: "struct",
  fields: allColumns(table).map((column) => ({
    name: column.name,
    type: typeOf(column),
    nullable: !(column.required ?? false),
    metadata: { comment: column.description },
  })),
});
