import { DuckDBInstance } from "@duckdb/node-api";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Lake } from "../../../constructs/lake/lake";
import { Warehouse } from "../../../constructs/warehouse/warehouse";
import { landedTables } from "../../../contracts/tables";
import { Catalog } from "../../../embedded/catalog/catalog";
import { reconcileWarehouse } from "../../../embedded/engines/warehouse/warehouse";
import { EmbeddedPaths } from "../../../embedded/paths";
import { dev, synth } from "../../constructs/synth";
import { emptyParquetFolder } from "../../constructs/warehouse/empty-parquet-folder";

let folder: string;
let paths: EmbeddedPaths;
let catalog: Catalog;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "warehouse-views-"));
  paths = new EmbeddedPaths(folder, "dev");
  catalog = new Catalog(paths.catalog());
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function sql(...statements: string[]): Promise<unknown[]> {
  const instance = await DuckDBInstance.create(paths.warehouseFile());
  const connection = await instance.connect();
  try {
    for (const statement of statements.slice(0, -1)) await connection.run(statement);
    return (await connection.runAndReadAll(statements.at(-1)!)).getRowsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Puts datasets, tables, views and routines of a stack into the catalogue, as an apply would: every reference is resolved. */
function deploy(json: any): void {
  const valueOf = (_: string, type: string, id: string, attribute: string): string => {
    const value: string = json.resource[type][id][attribute];
    return value.replace(/\$\{(\w+)\.([\w-]+)\.(\w+)\}/g, valueOf);
  };
  const resolved = (value: unknown) => JSON.parse(JSON.stringify(value).replace(/\$\{(\w+)\.([\w-]+)\.(\w+)\}/g, valueOf));
  const block = (value: unknown) => (value === undefined ? [] : [value]);
  for (const [id, one] of Object.entries<any>(json.resource.google_bigquery_dataset))
    catalog.put("google_bigquery_dataset", { ...resolved(one), id });
  for (const [id, one] of Object.entries<any>(json.resource.google_bigquery_routine))
    catalog.put("google_bigquery_routine", { ...resolved(one), id });
  for (const [id, one] of Object.entries<any>(json.resource.google_bigquery_table)) {
    if (one.external_data_configuration !== undefined) continue;
    const blocks = { view: block(one.view), materialized_view: block(one.materialized_view), external_data_configuration: [] };
    catalog.put("google_bigquery_table", { ...resolved({ ...one, ...blocks }), id });
  }
}

const warehouse = () =>
  synth((stack) => {
    const lake = new Lake(stack, "lake", { environment: dev });
    new Warehouse(stack, "warehouse", {
      environment: dev,
      landedTables,
      cleanBucket: lake.clean,
      emptyParquetFolder,
      shared: {
        tables: ["yellow_trips", "green_trips", "fhv_trips", "fhvhv_trips", "zones"],
        monthSummaries: ["yellow_trips", "green_trips", "fhv_trips", "fhvhv_trips"],
        since: "2024-02",
      },
      routines: true,
    });
  });

const trip = (month: string, warnings: string, amount: number) =>
  `INSERT INTO trips_landed.yellow_trips (trip_id, file_month, _warnings, pickup_zone_id, total_amount) VALUES ('${month}${warnings}', '${month}-01', '${warnings}', 132, ${String(amount)})`;

test("every view and function of the warehouse runs on DuckDB, and answers from the landed rows", async () => {
  deploy(warehouse());

  expect(await reconcileWarehouse(catalog, paths)).toEqual(["trips_routines.forget_month (not a function in SQL)"]);
  await sql(
    trip("2024-01", "", 10),
    trip("2024-02", "", 20.5),
    trip("2024-02", "negative_fare", -0.25),
    "INSERT INTO trips_landed.zones (zone_id, borough) VALUES (132, 'Queens')",
    "SELECT 1",
  );

  expect(await sql("SELECT trip_id, total_amount FROM trips_shared.yellow_trips ORDER BY trip_id")).toEqual([
    ["2024-02", "20.50"],
    ["2024-02negative_fare", "-0.25"],
  ]);
  expect(await sql("SELECT * FROM trips_shared.yellow_trips_by_month ORDER BY file_month")).toEqual([
    ["2024-01-01", "1", "0", "10.00"],
    ["2024-02-01", "2", "1", "20.25"],
  ]);
  expect(await sql("SELECT trips_routines.borough_of(132), trips_routines.borough_of(1)")).toEqual([["Queens", null]]);
  expect(await sql("SELECT * FROM trips_routines.trips_by_zone(DATE '2024-02-01')")).toEqual([["132", "2"]]);
  for (const view of ["green_trips", "fhv_trips", "fhvhv_trips", "zones", "fhvhv_trips_by_month"])
    await sql(`SELECT * FROM trips_shared.${view}`);
});

test("views follow the next deployment, and go with it; rows stay", async () => {
  const json = warehouse();
  deploy(json);
  await reconcileWarehouse(catalog, paths);
  await sql(trip("2024-02", "", 20.5), "SELECT 1");

  await reconcileWarehouse(catalog, paths);
  expect(await sql("SELECT count(*) FROM trips_shared.yellow_trips")).toEqual([["1"]]);

  for (const { id, ...table } of catalog.list("google_bigquery_table")) {
    if (table.dataset_id === "trips_shared") catalog.delete("google_bigquery_table", id);
  }
  for (const { id } of catalog.list("google_bigquery_routine")) catalog.delete("google_bigquery_routine", id);
  expect(await reconcileWarehouse(catalog, paths)).toEqual([]);
  expect(await sql("SELECT view_name FROM duckdb_views() WHERE schema_name = 'trips_shared'")).toEqual([]);
  expect(await sql("SELECT function_name FROM duckdb_functions() WHERE schema_name = 'trips_routines'")).toEqual([]);
  expect(await sql("SELECT count(*) FROM trips_landed.yellow_trips")).toEqual([["1"]]);
});

test("what DuckDB can't run is named and left out, what reads it as well, and the rest is deployed", async () => {
  const view = (table: string, query: string) => {
    catalog.put("google_bigquery_table", {
      id: `t/${table}`,
      dataset_id: "d",
      table_id: table,
      view: [{ query, use_legacy_sql: false }],
      materialized_view: [],
      external_data_configuration: [],
    } as never);
  };
  catalog.put("google_bigquery_dataset", { id: "d", dataset_id: "d" } as never);
  view("a_reads_b", "select n + 1 as n from `acme-dev.d.b`");
  view("b", "select 41 as n");
  view("foreign", "select safe_divide(1, 0) as n");
  view("on_foreign", "select * from `acme-dev.d.foreign`");

  const notServed = await reconcileWarehouse(catalog, paths);

  expect(notServed).toEqual([expect.stringMatching(/^d\.foreign \(.*safe_divide/), expect.stringMatching(/^d\.on_foreign \(/)]);
  expect(await sql("SELECT n FROM d.a_reads_b")).toEqual([[42]]);

  view("b", "select 42 as n");
  await reconcileWarehouse(catalog, paths);
  expect(await sql("SELECT n FROM d.a_reads_b")).toEqual([[43]]);
});
