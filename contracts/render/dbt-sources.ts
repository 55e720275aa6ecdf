import { stringify } from "yaml";
import { allColumns, type Table } from "../model/table";

/** dbt's declaration of the landed tables, https://docs.getdbt.com/reference/source-properties */
export const dbtSources = (tables: readonly Table[]): string =>
  stringify(
    {
      version: 2,
      sources: [
        {
          name: "landed",
          description: "Tables that Terraform makes and ingest fills.",
          schema: "{{ env_var('DBT_LANDED_DATASET', 'trips_landed') }}",
          tables: tables.map((table) => ({
            name: table.name,
            description: table.description,
            columns: allColumns(table).map((column) => ({
              name: column.name,
              description: column.description,
              ...(column.required ? { data_tests: [notNull(table)] } : {}),
            })),
          })),
        },
      ],
    },
    { lineWidth: 0 },
  );

// BigQuery refuses a query on a landed table that doesn't say which months it wants; the TLC's records begin in 2009.
const notNull = ({ partitionBy }: Table) =>
  partitionBy === undefined ? "not_null" : { not_null: { config: { where: `${partitionBy} >= '2009-01-01'` } } };
