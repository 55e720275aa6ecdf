import { blocksOf, textOf, type ValueObject } from "../../protocol/value";
import type { Complaint } from "../rules";

const CACHE_MODES = ["AUTOMATIC", "MANUAL"];

/** What is wrong with a BigLake table (external, over a connection) or an Iceberg table that BigQuery keeps in a bucket. */
export function lakeComplaints(config: ValueObject): Complaint[] {
  const externals = blocksOf(config, "external_data_configuration");
  const icebergs = blocksOf(config, "biglake_configuration");
  const both =
    externals.length > 0 && icebergs.length > 0 ? ["A table is either external or kept by BigQuery: leave one of the two out."] : [];
  return [
    ...externals.flatMap(cacheMessages).map((message) => ({ attribute: "external_data_configuration", message })),
    ...[...both, ...icebergs.flatMap(icebergMessages)].map((message) => ({ attribute: "biglake_configuration", message })),
  ];
}

function cacheMessages(external: ValueObject): string[] {
  const mode = textOf(external, "metadata_cache_mode");
  if (mode === "") return [];
  if (!CACHE_MODES.includes(mode)) return [`metadata_cache_mode "${mode}" must be ${CACHE_MODES.join(" or ")}.`];
  return external.connection_id === null ? ["Metadata is cached of tables over a connection only: set connection_id."] : [];
}

function icebergMessages(iceberg: ValueObject): string[] {
  const uri = textOf(iceberg, "storage_uri");
  const must = (name: string, value: string) =>
    ["", value].includes(textOf(iceberg, name)) ? [] : [`${name} "${textOf(iceberg, name)}" must be ${value}.`];
  return [
    ...(uri === "" || /^gs:\/\/[^/*]+\/[^*]+$/.test(uri)
      ? []
      : [`storage_uri "${uri}" must be a folder such as gs://bucket/table/, without *.`]),
    ...must("file_format", "PARQUET"),
    ...must("table_format", "ICEBERG"),
  ];
}
