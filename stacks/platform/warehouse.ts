import type { Construct } from "constructs";
import { resolve } from "node:path";
import type { Configuration } from "../../config/configuration";
import type { Environment } from "../../constructs/environment/environment";
import type { Lake } from "../../constructs/lake/lake";
import { Warehouse } from "../../constructs/warehouse/warehouse";
import { landedTables } from "../../contracts/tables";

const emptyParquetFolder = resolve(__dirname, "../../contracts/generated/parquet");

/** The warehouse as configured, over the lake. */
export function composeWarehouse(scope: Construct, environment: Environment, { warehouse }: Configuration, lake: Lake): Warehouse {
  return new Warehouse(scope, "warehouse", {
    environment,
    landedTables,
    cleanBucket: lake.clean,
    emptyParquetFolder,
    timeTravelHours: warehouse.timeTravelHours,
    destroyTables: true,
  });
}
