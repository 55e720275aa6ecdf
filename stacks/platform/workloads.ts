import type { Construct } from "constructs";
import type { Environment } from "../../constructs/environment/environment";
import { WorkloadIdentity } from "../../constructs/identity/workload-identity";
import type { Lake } from "../../constructs/lake/lake";
import type { Warehouse } from "../../constructs/warehouse/warehouse";

/** The service accounts of an environment, one per workload. */
export interface Workloads {
  /** Reads TLC's files and fills the lake and the landed tables. */
  readonly ingest: WorkloadIdentity;

  /** dbt: reads landed tables, writes staging and marts. */
  readonly transform: WorkloadIdentity;

  /** Reads marts, nothing else. */
  readonly dashboards: WorkloadIdentity;
}

/** The accounts, without any right yet. */
export function composeWorkloads(scope: Construct, environment: Environment): Workloads {
  const identity = (workload: string, description: string) => new WorkloadIdentity(scope, workload, { environment, workload, description });
  return {
    ingest: identity("ingest", "Reads trip files into the lake, the landed tables and Postgres."),
    transform: identity("transform", "Runs dbt: reads landed tables, writes staging and marts."),
    dashboards: identity("dashboards", "Reads the marts."),
  };
}

/** Who may do what in lake and warehouse. */
export function grantWorkloads(
  { ingest, transform, dashboards }: Workloads,
  lake: Lake,
  warehouse: Warehouse,
  readers: readonly string[],
): void {
  for (const workload of [ingest, transform, dashboards]) workload.grantProjectRole("roles/bigquery.jobUser");

  for (const bucket of [lake.raw, lake.clean, lake.quarantine]) bucket.grantWrite(ingest);
  warehouse.landed.grantWrite(ingest);
  warehouse.landed.grantRead(transform);
  warehouse.staging.grantWrite(transform);
  warehouse.marts.grantWrite(transform);

  warehouse.marts.grantRead(dashboards);
  // Named after the member: by position, taking out one reader would take the next one's grant along.
  for (const member of readers) warehouse.marts.grantRead({ id: `reader-${member}`, member });
}
