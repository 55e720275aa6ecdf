import type { Construct } from "constructs";
import { join, resolve } from "node:path";
import type { Configuration } from "../../config/configuration";
import type { Environment } from "../../constructs/environment/environment";
import type { Lake } from "../../constructs/lake/lake";
import type { EncryptionKey } from "../../constructs/security/encryption-key";
import { PolicyTags } from "../../constructs/warehouse/policy-tags";
import { StreamTable } from "../../constructs/warehouse/stream-table";
import { Warehouse } from "../../constructs/warehouse/warehouse";
import { rideEvent } from "../../contracts/events";
import { landedTables } from "../../contracts/tables";
import { suppress } from "../../policies";
import { composeIceberg, composeLakeConnection } from "./lakehouse";
import { grantWarehouse } from "./warehouse-access";
import { composeScheduledQueries, composeWarehouseOperations } from "./warehouse-operations";

const emptyParquetFolder = resolve(__dirname, "../../contracts/generated/parquet");

/** Where the lake sink writes, in the bucket of clean files: pipelines/streaming/sinks. */
const RIDES_FOLDER = "rides_stream/rides";

/** The warehouse as configured, over the lake, encrypted with the key where there is one. */
export function composeWarehouse(
  scope: Construct,
  environment: Environment,
  configuration: Configuration,
  lake: Lake,
  encryptionKey?: EncryptionKey,
): Warehouse {
  const { timeTravelHours, lakehouse, protectedColumns, shared, routines, tables, scratch } = configuration.warehouse;
  const { enabled: areProtected, mask } = protectedColumns;
  const lakeConnection = composeLakeConnection(scope, environment, configuration);
  const warehouse = new Warehouse(scope, "warehouse", {
    environment,
    landedTables,
    cleanBucket: lake.clean,
    emptyParquetFolder,
    timeTravelHours,
    encryptionKey,
    policyTags: areProtected ? new PolicyTags(scope, "policy-tags", { environment, mask }) : undefined,
    shared: shared.enabled ? shared : undefined,
    routines,
    tables,
    scratchDays: scratch.enabled ? scratch.tableDays : undefined,
    lakeConnection,
    metadataCacheMinutes: lakehouse.metadataCacheMinutes,
    destroyTables: true,
  });
  for (const name of Object.keys(tables)) {
    const table = warehouse.landedTables.get(name);
    if (table) suppress(table, "partition-filter", "Tables without months are small, and dbt and ingest read all of them.");
  }
  if (configuration.streaming.kind === "kafka") {
    new StreamTable(scope, "rides-stream", {
      environment,
      dataset: warehouse.lake,
      name: "rides_stream",
      event: rideEvent,
      idField: "event_id",
      sentField: "produced_at",
      bucket: lake.clean,
      folder: RIDES_FOLDER,
      emptyParquet: join(emptyParquetFolder, `${rideEvent.name}.parquet`),
      connection: lakeConnection,
    });
  }
  grantWarehouse(warehouse, configuration);
  const iceberg = composeIceberg(scope, environment, configuration, warehouse.policyTags, encryptionKey);
  const operations = composeWarehouseOperations(scope, environment, configuration, warehouse, encryptionKey);
  composeScheduledQueries(scope, environment, configuration, warehouse, operations, iceberg);
  return warehouse;
}
