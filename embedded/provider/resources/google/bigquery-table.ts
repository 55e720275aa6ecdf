import { blocksOf, canonicalText, textOf, type Value, type ValueObject } from "../../protocol/value";
import { inventedHex, type Cloud } from "../cloud";
import type { Complaint, ResourceRules } from "../rules";
import { lakeComplaints } from "./bigquery-lake-checks";
import { partitioningComplaints, keyComplaints } from "./bigquery-table-checks";
import { canAlter, sameSchema, schemaComplaint } from "./bigquery-schema";
import { planLabels } from "./labels";
import { planProject, projectOf } from "./project";

export const bigqueryTable: ResourceRules = {
  type: "google_bigquery_table",
  replacedBy: [
    "dataset_id",
    "table_id",
    "project",
    "external_data_configuration.schema",
    "biglake_configuration",
    "biglake_configuration.*",
    "schema_foreign_type_info",
    "materialized_view.query",
    "materialized_view.allow_non_incremental_definition",
    "time_partitioning.field",
    "range_partitioning.field",
    "encryption_configuration",
    "table_replication_info",
    "table_replication_info.*",
  ],
  filledByCloud: [
    "project",
    "schema",
    "max_staleness",
    "expiration_time",
    "external_data_configuration.schema",
    "time_partitioning.expiration_ms",
  ],
  defaults: {
    deletion_protection: true,
    ignore_auto_generated_schema: false,
    "external_data_configuration.compression": "NONE",
    "external_data_configuration.csv_options.allow_jagged_rows": false,
    "external_data_configuration.csv_options.allow_quoted_newlines": false,
    "external_data_configuration.csv_options.encoding": "UTF-8",
    "external_data_configuration.csv_options.field_delimiter": ",",
    "external_data_configuration.csv_options.skip_leading_rows": 0,
    "external_data_configuration.json_options.encoding": "UTF-8",
    "view.use_legacy_sql": true,
    "materialized_view.enable_refresh": true,
    "materialized_view.refresh_interval_ms": 1_800_000,
    "materialized_view.allow_non_incremental_definition": false,
    "table_replication_info.replication_interval_ms": 300_000,
  },
  changedByUpdate: ["etag", "last_modified_time"],
  normalized: { schema: normalJson, "external_data_configuration.schema": normalJson },
  sameMeaning: { schema: sameSchema },
  id: (table, cloud) => path(table, cloud),
  filledIn: (table, cloud) => ({
    project: cloud.project,
    self_link: `https://bigquery.googleapis.com/bigquery/v2/${path(table, cloud)}`,
    type: kindOf(table),
    location: cloud.catalog.get("google_bigquery_dataset", datasetPath(table, cloud))?.location ?? "",
    creation_time: cloud.now(),
    last_modified_time: cloud.now(),
    etag: inventedHex(`${path(table, cloud)}${cloud.now()}`, 22),
    schema: "[]",
  }),
  plan: (change, cloud) => {
    planProject(change, cloud);
    planLabels(change, cloud);
  },
  alsoReplacedBy: (prior, planned) => {
    const [before, after] = [prior.schema, planned.schema];
    if (typeof before !== "string" || typeof after !== "string" || sameSchema(before, after)) return [];
    return canAlter(before, after, blocksOf(planned, "external_data_configuration").length > 0) ? [] : ["schema"];
  },
  validate: (config) => [
    ...schemaComplaints(config),
    ...clusteringComplaints(config),
    ...externalComplaints(config),
    ...lakeComplaints(config),
    ...partitioningComplaints(config),
    ...keyComplaints(config),
  ],
  refuseDestroy: (table) =>
    table.deletion_protection === true
      ? `The table ${textOf(table, "dataset_id")}.${textOf(table, "table_id")} is protected: set deletion_protection = false and apply, before it is destroyed.`
      : undefined,
};

function datasetPath(table: ValueObject, cloud: Cloud): string {
  return `projects/${projectOf(table, cloud)}/datasets/${textOf(table, "dataset_id")}`;
}

function path(table: ValueObject, cloud: Cloud): string {
  return `${datasetPath(table, cloud)}/tables/${textOf(table, "table_id")}`;
}

function kindOf(table: ValueObject): string {
  if (blocksOf(table, "external_data_configuration").length > 0) return "EXTERNAL";
  if (blocksOf(table, "materialized_view").length > 0) return "MATERIALIZED_VIEW";
  return blocksOf(table, "view").length > 0 ? "VIEW" : "TABLE";
}

function normalJson(text: string): string {
  return schemaComplaint(text) === undefined ? canonicalText(JSON.parse(text) as Value) : text;
}

function schemaComplaints(config: ValueObject): Complaint[] {
  const text = textOf(config, "schema");
  const complaint = text === "" ? undefined : schemaComplaint(text);
  return complaint === undefined ? [] : [{ attribute: "schema", message: `In "schema", ${complaint}.` }];
}

function clusteringComplaints(config: ValueObject): Complaint[] {
  const columns = config.clustering;
  if (!Array.isArray(columns) || columns.length <= 4) return [];
  return [{ attribute: "clustering", message: `${columns.length} columns are too many: BigQuery clusters by 4 at most.` }];
}

function externalComplaints(config: ValueObject): Complaint[] {
  const [external] = blocksOf(config, "external_data_configuration");
  if (!external || external.source_format !== "PARQUET" || external.schema === null) return [];
  return [
    {
      attribute: "external_data_configuration",
      message: "A PARQUET table takes its schema from the files: leave external_data_configuration.schema out.",
    },
  ];
}
