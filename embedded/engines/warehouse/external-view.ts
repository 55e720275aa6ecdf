import type { BigqueryTable, ExternalData } from "../../catalog/deployed-objects";
import { EmbeddedError } from "../../embedded-error";
import type { EmbeddedPaths } from "../../paths";
import { literal } from "./sql-text";

/**
 * The select that stands for an external table: the Parquet files below its prefix, with its typed hive keys as columns.
 *
 * @throws EmbeddedError for a format other than Parquet or a source outside the lake.
 */
export function externalSelect(table: BigqueryTable, paths: EmbeddedPaths): string {
  const [external] = table.external_data_configuration;
  if (external?.source_format !== "PARQUET") throw unsupported(table, `the format ${external?.source_format ?? "(none)"}`);
  const globs = external.source_uris.map((uri) => literal(globOf(uri, table, paths))).join(", ");
  const keys = hiveKeys(external);
  const hive =
    keys.length === 0
      ? "hive_partitioning = false"
      : `hive_partitioning = true, hive_types = {${keys.map(({ name, type }) => `${literal(name)}: ${type}`).join(", ")}}`;
  return `SELECT * FROM read_parquet([${globs}], union_by_name = true, ${hive})`;
}

// A trailing * of a BigQuery URI crosses folders: https://cloud.google.com/bigquery/docs/external-data-cloud-storage#wildcard-support
function globOf(uri: string, table: BigqueryTable, paths: EmbeddedPaths): string {
  const [, bucket, path] = /^gs:\/\/([^/]+)\/(.*)$/.exec(uri) ?? [];
  if (bucket === undefined || path === undefined) throw unsupported(table, `the source ${uri}`);
  return `${paths.bucket(bucket)}/${path.replace(/\*$/, "**/*.parquet")}`;
}

const keyTypes: Readonly<Record<string, string>> = { STRING: "VARCHAR", INTEGER: "BIGINT", DATE: "DATE" };

function hiveKeys({ hive_partitioning_options: [options] }: ExternalData): { readonly name: string; readonly type: string }[] {
  return [...(options?.source_uri_prefix ?? "").matchAll(/\{(\w+):(\w+)\}/g)].map(([, name = "", type = ""]) => ({
    name,
    type: keyTypes[type] ?? "VARCHAR",
  }));
}

const unsupported = (table: BigqueryTable, what: string): EmbeddedError =>
  new EmbeddedError(
    `The embedded warehouse can't serve the external table ${table.dataset_id}.${table.table_id}: it doesn't know ${what}.`,
    "Use Parquet files in the lake, or teach it in embedded/engines/warehouse/external-view.ts.",
  );
