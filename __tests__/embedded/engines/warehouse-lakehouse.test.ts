import { DuckDBInstance } from "@duckdb/node-api";
import { copyFileSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { bigQuerySchema } from "../../../contracts/render/bigquery";
import { yellowTrips, zones } from "../../../contracts/tables";
import { reconcileWarehouse } from "../../../embedded/engines/warehouse/warehouse";
import { temporaryFolder } from "../provider/temporary-folder";
import { TerraformCore } from "../provider/terraform-core";

const CONNECTION = "projects/acme-dev/locations/europe-west1/connections/trips-lake";
const emptyParquet = resolve(__dirname, "../../../contracts/generated/parquet/yellow_trips.parquet");
const folder = temporaryFolder();
let count = 0;

/** What the provider made of Terraform's configuration, with the warehouse's engine over it. */
class Deployment {
  private readonly core = new TerraformCore("google", join(folder, String(count++)), { project: "acme-dev" });
  public readonly bucket = this.core.paths.bucket("clean");

  constructor(private readonly datasetId = "trips_lake") {
    this.core.create("google_bigquery_dataset", { dataset_id: datasetId, location: "europe-west1" });
  }

  public table(tableId: string, config: Parameters<TerraformCore["create"]>[1]): void {
    this.core.create("google_bigquery_table", { dataset_id: this.datasetId, table_id: tableId, deletion_protection: false, ...config });
  }

  public async deploy(): Promise<void> {
    await reconcileWarehouse(this.core.catalog, this.core.paths);
  }

  public async sql(statement: string): Promise<unknown[]> {
    const instance = await DuckDBInstance.create(this.core.paths.warehouseFile());
    const connection = await instance.connect();
    try {
      return (await connection.runAndReadAll(statement)).getRowsJson();
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  }
}

test("a BigLake table with a cache is served like any external table: always from the files that are there", async () => {
  const deployment = new Deployment();
  const month = (name: string) => join(deployment.bucket, "yellow", `month=${name}`);
  mkdirSync(month("0000-00"), { recursive: true });
  copyFileSync(emptyParquet, join(month("0000-00"), "empty.parquet"));
  deployment.table("yellow_trips", {
    max_staleness: "0-0 0 4:0:0",
    external_data_configuration: [
      {
        autodetect: true,
        source_format: "PARQUET",
        source_uris: ["gs://clean/yellow/*"],
        connection_id: CONNECTION,
        metadata_cache_mode: "AUTOMATIC",
        hive_partitioning_options: [{ mode: "CUSTOM", source_uri_prefix: "gs://clean/yellow/{month:STRING}" }],
      },
    ],
  });

  await deployment.deploy();
  expect(await deployment.sql("SELECT count(*) FROM trips_lake.yellow_trips")).toEqual([["0"]]);

  mkdirSync(month("2024-01"));
  await deployment.sql(`COPY (SELECT 7 AS vendor_id) TO '${month("2024-01")}/trips.parquet' (FORMAT parquet)`);
  expect(await deployment.sql("SELECT vendor_id, month FROM trips_lake.yellow_trips")).toEqual([["7", "2024-01"]]);
});

test("an Iceberg table is a table with the contract's columns; its rows outlive the next deploy", async () => {
  const deployment = new Deployment("trips_iceberg");
  for (const contract of [yellowTrips, zones]) {
    deployment.table(contract.name, {
      schema: JSON.stringify(bigQuerySchema(contract)),
      biglake_configuration: [
        { connection_id: CONNECTION, storage_uri: `gs://iceberg/${contract.name}/`, file_format: "PARQUET", table_format: "ICEBERG" },
      ],
    });
  }

  await deployment.deploy();
  await deployment.sql("INSERT INTO trips_iceberg.zones (zone_id, zone) VALUES (1, 'Newark Airport')");
  await deployment.deploy();

  expect(await deployment.sql("SELECT zone_id, zone FROM trips_iceberg.zones")).toEqual([["1", "Newark Airport"]]);
  expect(await deployment.sql("SELECT total_amount FROM trips_iceberg.yellow_trips")).toEqual([]);
});
