import type { TerraformStack } from "cdktf";
import { join } from "node:path";
import { landedTables, tripTables, yellowTrips } from "../../contracts/tables";
import type { Environment } from "../environment/environment";
import { WorkloadIdentity } from "../identity/workload-identity";
import { Lake } from "../lake/lake";
import { Dataset } from "./dataset";
import { IcebergCopies } from "./iceberg-copies";
import { IcebergTables } from "./iceberg-tables";
import { JobCosts } from "./job-costs";
import { LakeConnection } from "./lake-connection";
import { QualityScans } from "./quality-scans";
import { ScheduledQueries } from "./scheduled-queries";
import { Warehouse } from "./warehouse";

/** BigLake and Iceberg tables, scheduled queries under an account of their own, quality scans made from the contracts. */
export function example(stack: TerraformStack, environment: Environment): void {
  const lake = new Lake(stack, "lake", { environment });
  const description = "Reads the lake's clean files for BigQuery.";
  const warehouse = new Warehouse(stack, "warehouse", {
    environment,
    landedTables,
    cleanBucket: lake.clean,
    emptyParquetFolder: join(__dirname, "../../contracts/generated/parquet"),
    lakeConnection: new LakeConnection(stack, "lake-connection", { environment, connectionId: "trips-lake", description }),
    metadataCacheMinutes: 90,
  });

  const iceberg = new Dataset(stack, "iceberg", { environment, datasetId: "trips_iceberg", description: "Iceberg tables." });
  const tables = new IcebergTables(stack, "iceberg-tables", { environment, dataset: iceberg, contracts: [yellowTrips] });
  tables.grantWrite({ id: "engineers", member: "group:engineers@example.com" });

  const operations = new Dataset(stack, "operations", { environment, datasetId: "trips_operations", description: "Costs and quality." });
  const identity = new WorkloadIdentity(stack, "identity", { environment, workload: "operations", description: "Keeps the books." });
  const queries = new ScheduledQueries(stack, "queries", { environment, identity });
  new JobCosts(stack, "job-costs", { environment, dataset: operations, queries });
  new IcebergCopies(stack, "copies", { environment, contracts: [yellowTrips], warehouse, tables, queries, schedule: "every sun 04:00" });
  queries.add("monthly-costs", {
    displayName: "Bytes billed per month",
    query: `SELECT DATE_TRUNC(day, MONTH) AS month, SUM(bytes_billed) AS bytes FROM \`${environment.projectId}.trips_operations.job_costs\` GROUP BY 1`,
    schedule: "1 of month 06:00",
    destination: operations,
    destinationTable: "monthly_costs",
    notificationTopic: `projects/${environment.projectId}/topics/queries`,
  });

  new QualityScans(stack, "quality", {
    environment,
    contracts: tripTables,
    landed: warehouse.landed,
    landedTables: warehouse.landedTables,
    results: operations,
    schedule: "TZ=Europe/Brussels 30 5 * * *",
    months: 3,
  });
}
