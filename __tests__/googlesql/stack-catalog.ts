import { rideEvent } from "../../contracts/events/ride-event";
import { bigQuerySchema } from "../../contracts/render/bigquery";
import type { CatalogTable } from "./statement";

/** Text in which references to other resources' attributes are replaced by these. */
export function resolved(json: any, text: string): string {
  const reference = /(?<!\$)\$\{(google_\w+)\.([\w-]+)\.(\w+)\}/g;
  const value = text.replace(reference, (whole, type: string, id: string, attribute: string) => {
    const found: unknown = json.resource[type]?.[id]?.[attribute];
    return typeof found === "string" ? resolved(json, found) : whole;
  });
  return value.replaceAll("$${", () => "${");
}

/** A table's full name. */
export const tableName = (json: any, { dataset_id: dataset, table_id: table }: any): string =>
  [json.provider.google[0].project, resolved(json, dataset), resolved(json, table)].join(".");

/** All tables of a stack that have columns before anything runs: those whose schema is rendered from a contract. */
export const stackTables = (json: any): CatalogTable[] => [
  ...Object.values<any>(json.resource.google_bigquery_table)
    .filter(({ schema }) => schema !== undefined)
    .map((table) => ({ name: tableName(json, table), columns: columnsOf(JSON.parse(table.schema)) })),
  ...Object.values<any>(json.resource.google_bigquery_table)
    .filter(({ table_id: table }) => table === STREAMED_RIDES)
    .map((table) => ({ name: tableName(json, table), columns: streamedRides() })),
  jobs(json.provider.google[0].project, json.provider.google[0].region),
];

/** An external table over Parquet, which BigQuery reads the columns of from the files. */
const STREAMED_RIDES = "rides_stream_files";

/** What the lake's sink writes, and the hour, which is part of the files' names. */
function streamedRides(): CatalogTable["columns"] {
  const columns = rideEvent.fields.map((field) => ({ ...field }));
  return [...columnsOf(bigQuerySchema({ columns, systemColumns: [] })), { name: "hour", type: "STRING" }];
}

/** Columns of a schema as BigQuery's API has it. */
export const columnsOf = (fields: readonly { name: string; type: string }[]): CatalogTable["columns"] =>
  fields.map(({ name, type }) => ({ name, type }));

// Those of the columns that scalar types can express: https://cloud.google.com/bigquery/docs/information-schema-jobs#schema
function jobs(project: string, location: string): CatalogTable {
  const strings = ["project_id", "user_email", "job_id", "job_type", "statement_type", "priority", "state", "reservation_id", "query"];
  const times = ["creation_time", "start_time", "end_time"];
  const numbers = ["project_number", "total_bytes_processed", "total_bytes_billed", "total_slot_ms"];
  const columns = [
    ...strings.map((name) => ({ name, type: "STRING" })),
    ...times.map((name) => ({ name, type: "TIMESTAMP" })),
    ...numbers.map((name) => ({ name, type: "INT64" })),
    { name: "cache_hit", type: "BOOL" },
    // A STRUCT; it is only asked whether there is one.
    { name: "error_result", type: "JSON" },
  ];
  return { name: `${project}.region-${location}.INFORMATION_SCHEMA.JOBS`, columns };
}
