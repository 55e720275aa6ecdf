import type { ColumnType, Column } from "../model/column";
import type { PolicyTag } from "../model/policy-tag";
import { allColumns, type Table } from "../model/table";

/** A field of BigQuery's table schema, https://cloud.google.com/bigquery/docs/reference/rest/v2/tables#TableFieldSchema */
export interface BigQueryField {
  readonly name: string;
  readonly type: string;
  readonly mode: "NULLABLE";
  readonly description: string;
  readonly precision?: string;
  readonly scale?: string;
  readonly policyTags?: { readonly names: readonly string[] };
}

const types: Record<ColumnType, string> = {
  string: "STRING",
  integer: "INTEGER",
  decimal: "NUMERIC",
  boolean: "BOOLEAN",
  date: "DATE",
  local_datetime: "DATETIME",
  instant: "TIMESTAMP",
};

/** The table's schema as BigQuery's API and Terraform take it, its protected columns tagged with the policy tags of these resource names. */
export const bigQuerySchema = (
  table: Pick<Table, "columns" | "systemColumns">,
  policyTags?: ReadonlyMap<PolicyTag, string>,
): BigQueryField[] =>
  allColumns(table).map((column) => ({
    name: column.name,
    type: types[column.type],
    // Required values are ingest's and dbt's business: a Parquet file's optional column doesn't load into a REQUIRED one
    // ("Field … has changed mode from REQUIRED to NULLABLE").
    mode: "NULLABLE",
    description: column.description,
    ...digits(column),
    ...tagged(column, policyTags),
  }));

// The API writes the parameters as strings (int64 in JSON).
const digits = ({ precision, scale }: Column) => (precision === undefined ? {} : { precision: String(precision), scale: String(scale) });

function tagged({ policyTag }: Column, policyTags?: ReadonlyMap<PolicyTag, string>): Pick<BigQueryField, "policyTags"> {
  const name = policyTag === undefined ? undefined : policyTags?.get(policyTag);
  return name === undefined ? {} : { policyTags: { names: [name] } };
}
