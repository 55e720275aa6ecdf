import { DuckDBInstance } from "@duckdb/node-api";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { bigQuerySchema } from "../../../contracts/render/bigquery";
import { yellowTrips, zones } from "../../../contracts/tables";
import { Catalog } from "../../../embedded/catalog/catalog";
import { reconcileLake } from "../../../embedded/engines/lake/lake";
import { reconcileWarehouse } from "../../../embedded/engines/warehouse/warehouse";
import { EmbeddedPaths } from "../../../embedded/paths";

const emptyParquet = resolve(__dirname, "../../../contracts/generated/parquet/yellow_trips.parquet");
const uri = (table: string) => `projects/acme-dev/datasets/trips/tables/${table}`;

let folder: string;
let paths: EmbeddedPaths;
let catalog: Catalog;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "warehouse-"));
  paths = new EmbeddedPaths(folder, "dev");
  catalog = new Catalog(paths.catalog());
  catalog.put("google_bigquery_dataset", { id: "trips", dataset_id: "trips" } as never);
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const deployTable = (table: string, fields: object[]) => {
  catalog.put("google_bigquery_table", {
    id: uri(table),
    dataset_id: "trips",
    table_id: table,
    schema: JSON.stringify(fields),
    external_data_configuration: [],
    view: [],
    materialized_view: [],
  } as never);
};

async function sql(statement: string): Promise<unknown[]> {
  const instance = await DuckDBInstance.create(paths.warehouseFile());
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(statement)).getRowsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const columns = (table: string) => sql(`SELECT column_name FROM duckdb_columns() WHERE table_name = '${table}' ORDER BY column_index`);

describe("reconcileWarehouse", () => {
  test("makes the contracts' tables, and keeps their rows over the next deploy", async () => {
    deployTable("yellow_trips", bigQuerySchema(yellowTrips));
    deployTable("zones", bigQuerySchema(zones));

    await reconcileWarehouse(catalog, paths);
    await sql("INSERT INTO trips.zones (zone_id, zone) VALUES (1, 'Newark Airport')");
    await reconcileWarehouse(catalog, paths);

    expect(await sql("SELECT zone_id, zone FROM trips.zones")).toEqual([["1", "Newark Airport"]]);
    expect(await columns("yellow_trips")).toContainEqual(["_load_id"]);
    expect(existsSync(paths.warehouseLock())).toBe(false);
  });

  test("columns come and go with the contract; a changed type is refused and nothing is touched", async () => {
    deployTable("t", [
      { name: "a", type: "INTEGER" },
      { name: "b", type: "STRING" },
    ]);
    await reconcileWarehouse(catalog, paths);
    await sql("INSERT INTO trips.t VALUES (1, 'x')");

    deployTable("t", [
      { name: "a", type: "INTEGER" },
      { name: "c", type: "NUMERIC", precision: "12", scale: "2" },
    ]);
    await reconcileWarehouse(catalog, paths);
    expect(await columns("t")).toEqual([["a"], ["c"]]);
    expect(await sql("SELECT a, c FROM trips.t")).toEqual([["1", null]]);

    deployTable("t", [
      { name: "a", type: "STRING" },
      { name: "d", type: "DATE" },
    ]);
    await expect(reconcileWarehouse(catalog, paths)).rejects.toThrow(/Column "a" of trips.t can't change from BIGINT to VARCHAR/);
    expect(await columns("t")).toEqual([["a"], ["c"]]);
  });

  test("what was destroyed is dropped; what dbt made stays", async () => {
    deployTable("t", [{ name: "a", type: "INTEGER" }]);
    await reconcileWarehouse(catalog, paths);
    await sql("CREATE TABLE trips.made_by_dbt AS SELECT 1 AS one");

    catalog.delete("google_bigquery_table", uri("t"));
    await reconcileWarehouse(catalog, paths);
    expect(await sql("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'trips'")).toEqual([["made_by_dbt"]]);

    catalog.delete("google_bigquery_dataset", "trips");
    await reconcileWarehouse(catalog, paths);
    expect(await sql("SELECT * FROM duckdb_schemas() WHERE schema_name = 'trips'")).toEqual([]);
  });

  test("a type without a counterpart is refused by name", async () => {
    deployTable("t", [{ name: "place", type: "GEOGRAPHY" }]);

    await expect(reconcileWarehouse(catalog, paths)).rejects.toThrow(/no type for column "place" of BigQuery type GEOGRAPHY/);
  });
});

describe("the lake and the external tables over it", () => {
  const deployLake = () => {
    catalog.put("google_storage_bucket", { id: "clean", name: "clean" } as never);
    const object = { id: "clean-yellow/month=0000-00/empty.parquet", bucket: "clean", name: "yellow/month=0000-00/empty.parquet" };
    catalog.putContent("google_storage_bucket_object", object.id, readFileSync(emptyParquet));
    catalog.put("google_storage_bucket_object", object as never);
    catalog.put("google_bigquery_table", {
      id: uri("yellow"),
      dataset_id: "trips",
      table_id: "yellow",
      schema: null,
      view: [],
      materialized_view: [],
      external_data_configuration: [
        {
          source_format: "PARQUET",
          source_uris: ["gs://clean/yellow/*"],
          hive_partitioning_options: [{ mode: "CUSTOM", source_uri_prefix: "gs://clean/yellow/{month:STRING}" }],
        },
      ],
    } as never);
  };

  test("a view over the bucket's Parquet, empty at first, with the month from the path", async () => {
    deployLake();
    reconcileLake(catalog, paths);
    await reconcileWarehouse(catalog, paths);
    expect(await sql("SELECT count(*) FROM trips.yellow")).toEqual([["0"]]);

    const month = join(paths.bucket("clean"), "yellow/month=2024-01");
    mkdirSync(month);
    await sql(`COPY (SELECT 7 AS vendor_id) TO '${month}/trips.parquet' (FORMAT parquet)`);
    expect(await sql("SELECT vendor_id, month FROM trips.yellow")).toEqual([["7", "2024-01"]]);
  });

  test("a bucket's folder goes with the bucket, and objects of other buckets stay", () => {
    deployLake();
    catalog.put("google_storage_bucket", { id: "raw", name: "raw" } as never);
    reconcileLake(catalog, paths);
    writeFileSync(join(paths.bucket("raw"), "file"), "bytes");

    catalog.delete("google_storage_bucket", "raw");
    reconcileLake(catalog, paths);

    expect(existsSync(paths.bucket("raw"))).toBe(false);
    expect(existsSync(join(paths.bucket("clean"), "yellow/month=0000-00/empty.parquet"))).toBe(true);
  });
});
