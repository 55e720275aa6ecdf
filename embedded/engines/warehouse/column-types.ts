import { EmbeddedError } from "../../embedded-error";

/** A field of BigQuery's table schema, as far as the warehouse's stand-in knows it. */
export interface Field {
  readonly name: string;
  readonly type: string;
  readonly mode?: string;
  readonly precision?: string | number;
  readonly scale?: string | number;
}

const types: Readonly<Record<string, string>> = {
  STRING: "VARCHAR",
  BYTES: "BLOB",
  INTEGER: "BIGINT",
  INT64: "BIGINT",
  FLOAT: "DOUBLE",
  FLOAT64: "DOUBLE",
  BOOLEAN: "BOOLEAN",
  BOOL: "BOOLEAN",
  DATE: "DATE",
  TIME: "TIME",
  DATETIME: "TIMESTAMP",
  TIMESTAMP: "TIMESTAMP WITH TIME ZONE",
  JSON: "JSON",
};

/**
 * DuckDB's type for a BigQuery field, spelt as DuckDB's catalogue spells it.
 *
 * @throws EmbeddedError for a type that has none yet, such as STRUCT.
 */
export function duckDbType({ name, type, mode, precision = 38, scale = 9 }: Field): string {
  const scalar = type === "NUMERIC" ? `DECIMAL(${String(precision)},${String(scale)})` : types[type];
  if (scalar === undefined) {
    throw new EmbeddedError(
      `The embedded warehouse has no type for column "${name}" of BigQuery type ${type}.`,
      "Add one in embedded/engines/warehouse/column-types.ts.",
    );
  }
  return mode === "REPEATED" ? `${scalar}[]` : scalar;
}
