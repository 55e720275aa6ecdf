import { stringify } from "yaml";
import type { NamedColumn, Table } from "../model/table";

/** A table filled by a service's monthly files. */
type TripTable = Table & { readonly service: string };

/**
 * Columns that a staging model takes as they are landed: the delivered ones, without those that not everybody may read. BigQuery refuses a
 * view that so much as names a protected column to whoever has no right to it.
 */
const stagedColumns = ({ columns }: Table): NamedColumn[] => columns.filter(({ policyTag }) => policyTag === undefined);

/** A dbt macro that returns the columns of each service's trips, by service: what `stg_*_trips` and the models above them select. */
export const dbtTripColumns = (tables: readonly TripTable[]): string => {
  const services = tables.map((table) => {
    const names = stagedColumns(table).map(({ name }) => `            '${name}',\n`);
    return `        '${table.service}': [\n${names.join("")}        ],\n`;
  });
  return `{% macro landed_trip_columns() %}\n    {{ return({\n${services.join("")}    }) }}\n{% endmacro %}\n`;
};

/** dbt's properties of the staging models of trips: descriptions and tests, https://docs.getdbt.com/reference/model-properties */
export const dbtStagingModels = (tables: readonly TripTable[]): string =>
  stringify({ version: 2, models: tables.map(model) }, { lineWidth: 0 });

function model(table: TripTable) {
  const system = new Map(table.systemColumns.map(({ name, description }) => [name, description]));
  const added = (name: string, landedAs: string = name) => ({ name, description: system.get(landedAs) ?? "" });
  return {
    name: `stg_${table.name}`,
    description: `${table.description} Rows that ingest accepted, with the names of the contract.`,
    columns: [
      { ...added("trip_id"), data_tests: ["unique", "not_null"] },
      added("file_month"),
      { name: "service", description: `The service: ${table.service}.`, data_tests: [accepted([table.service], {})] },
      { name: "pickup_date", description: "Day on which the trip began, in New York." },
      ...stagedColumns(table).map(({ name, description, type, values }) => ({
        name,
        description,
        ...(values === undefined ? {} : { data_tests: [known(Object.keys(values), type)] }),
      })),
      added("warnings", "_warnings"),
      added("_source_file"),
      added("_load_id"),
    ],
  };
}

/** A code that the dictionary doesn't explain is worth a look, and no reason to stop. */
const known = (codes: readonly string[], type: NamedColumn["type"]) => {
  const config = { config: { severity: "warn" } };
  return type === "integer" ? accepted(codes.map(Number), config, { quote: false }) : accepted(codes, config);
};

const accepted = (values: readonly (string | number)[], config: object, options: object = {}) => ({
  accepted_values: { arguments: { values, ...options }, ...config },
});
