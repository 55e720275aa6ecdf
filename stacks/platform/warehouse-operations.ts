import type { Construct } from "constructs";
import type { Configuration } from "../../config/configuration";
import type { Environment } from "../../constructs/environment/environment";
import { WorkloadIdentity } from "../../constructs/identity/workload-identity";
import type { EncryptionKey } from "../../constructs/security/encryption-key";
import { Dataset } from "../../constructs/warehouse/dataset";
import { IcebergCopies } from "../../constructs/warehouse/iceberg-copies";
import type { IcebergTables } from "../../constructs/warehouse/iceberg-tables";
import { JobCosts } from "../../constructs/warehouse/job-costs";
import { QualityScans } from "../../constructs/warehouse/quality-scans";
import { ScheduledQueries } from "../../constructs/warehouse/scheduled-queries";
import type { Warehouse } from "../../constructs/warehouse/warehouse";
import { tripTables } from "../../contracts/tables";

/** What watches over the warehouse: quality scans of its landed trips, and the costs of its jobs; in a dataset of their own. */
export function composeWarehouseOperations(
  scope: Construct,
  environment: Environment,
  configuration: Configuration,
  warehouse: Warehouse,
  encryptionKey?: EncryptionKey,
): Dataset | undefined {
  const { quality, scheduledQueries, timeTravelHours } = configuration.warehouse;
  if (!quality.enabled && !scheduledQueries.jobCosts) return undefined;
  const propagationSeconds = configuration.identity.grantPropagationSeconds;
  const dataset = new Dataset(scope, "operations", {
    environment,
    datasetId: "trips_operations",
    description: "What BigQuery's jobs cost, and what quality scans found. Written by a scheduled query and by Dataplex.",
    timeTravelHours,
    encryptionKey,
    destroyTables: true,
  });
  if (quality.enabled) {
    const { schedule, warnThreshold, months } = quality;
    const { landed, landedTables, policyTags } = warehouse;
    const shared = { environment, propagationSeconds, schedule, warnThreshold, months };
    new QualityScans(scope, "quality", { ...shared, contracts: tripTables, landed, landedTables, policyTags, results: dataset });
  }
  return dataset;
}

/** Queries that BigQuery runs by the clock, under an account of their own: job costs into `operations`, copies into the Iceberg tables. */
export function composeScheduledQueries(
  scope: Construct,
  environment: Environment,
  { warehouse: { scheduledQueries, lakehouse }, identity: { grantPropagationSeconds } }: Configuration,
  warehouse: Warehouse,
  operations?: Dataset,
  tables?: IcebergTables,
): void {
  const { jobCosts, schedule, notificationTopic } = scheduledQueries;
  const { icebergSchedule } = lakehouse;
  if (!jobCosts && icebergSchedule === undefined) return;
  const description = "Runs the warehouse's scheduled queries.";
  const identity = new WorkloadIdentity(scope, "operations-identity", { environment, workload: "operations", description });
  const queries = new ScheduledQueries(scope, "scheduled-queries", { environment, identity, propagationSeconds: grantPropagationSeconds });
  const shared = { environment, queries, notificationTopic };
  if (jobCosts && operations) new JobCosts(scope, "job-costs", { ...shared, dataset: operations, schedule, destroyRows: true });
  if (icebergSchedule !== undefined && tables) {
    new IcebergCopies(scope, "iceberg-copies", { ...shared, contracts: tripTables, warehouse, tables, schedule: icebergSchedule });
  }
}
