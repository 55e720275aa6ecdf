import type { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import type { Configuration } from "../../config/configuration";
import type { Environment } from "../../constructs/environment/environment";
import { GrantPropagation } from "../../constructs/identity/grant-propagation";
import { WorkloadIdentity } from "../../constructs/identity/workload-identity";
import type { Lake } from "../../constructs/lake/lake";
import type { Warehouse } from "../../constructs/warehouse/warehouse";

/** Folder of the clean zone for what streams in; beside the services' folders, which belong to ingest. */
const STREAM_FOLDER = "stream/";

/** Folder of the clean zone for what Spark makes of the trips there. */
const REPORTS_FOLDER = "reports/";

/** The service accounts of an environment, one per workload. */
export interface Workloads {
  /** Reads TLC's files and fills the lake and the landed tables. */
  readonly ingest: WorkloadIdentity;

  /** Starts the other workloads' work as them; has no data of its own. */
  readonly orchestrator: WorkloadIdentity;

  /** Reads the clean lake in batches, and writes its reports to their folder there. */
  readonly spark: WorkloadIdentity;

  /** Writes what streams in to its folder of the clean lake. */
  readonly kafka: WorkloadIdentity;

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
    orchestrator: identity("orchestrator", "Starts ingest, dbt and Spark, as their own identities."),
    spark: identity("spark", "Reads the clean lake in batches."),
    kafka: identity("kafka", "Writes what streams in to the clean lake."),
    transform: identity("transform", "Runs dbt: reads landed tables, writes staging and marts."),
    dashboards: identity("dashboards", "Reads the marts."),
  };
}

/**
 * Who may do what in lake and warehouse, and who may act as whom. A deployment ends when the grants are in force, so that a pipeline may start
 * at once; what is deployed to act under these identities is to be held back by the result.
 */
export function grantWorkloads(
  scope: Construct,
  workloads: Workloads,
  lake: Lake,
  warehouse: Warehouse,
  { identity, orchestration, warehouse: { readers } }: Configuration,
): GrantPropagation {
  return new GrantPropagation(scope, "grants", {
    seconds: identity.grantPropagationSeconds,
    grants: [
      ...grantData(workloads, lake, warehouse, readers),
      ...grantStarting(workloads, orchestration.kind),
      ...grantDevelopers(workloads, identity.developers),
    ],
  });
}

function grantData(
  { ingest, spark, kafka, transform, dashboards }: Workloads,
  lake: Lake,
  warehouse: Warehouse,
  readers: readonly string[],
): TerraformResource[] {
  return [
    // Who runs queries or loads; where the data may be read is another matter.
    ...[ingest, transform, dashboards].map((workload) => workload.grantProjectRole("roles/bigquery.jobUser")),

    // Ingest alone writes the three zones: one writer, so that a receipt and its data belong together.
    ...[lake.raw, lake.clean, lake.quarantine].map((bucket) => bucket.grantWrite(ingest)),
    warehouse.landed.grantWrite(ingest),

    // Clean files are the truth for batches; raw and quarantine aren't Spark's business. Where its machines write is granted where that is made.
    lake.clean.grantRead(spark),
    lake.clean.grantWriteBelow(REPORTS_FOLDER, spark),
    // The sink replaces files of its own after a crash, so it must be able to delete, but nothing of ingest's.
    lake.clean.grantWriteBelow(STREAM_FOLDER, kafka),

    warehouse.landed.grantRead(transform),
    // `select *` of a landed table is refused to whom may not read all of its columns.
    ...(warehouse.policyTags?.grantRead(transform) ?? []),
    warehouse.staging.grantWrite(transform),
    warehouse.marts.grantWrite(transform),

    warehouse.marts.grantRead(dashboards),
    // A run ends with ingest's comparison of what each store holds, and with its export for the dashboard's page.
    warehouse.marts.grantRead(ingest),
    // Named after the member: by position, taking out one reader would take the next one's grant along.
    ...readers.map((member) => warehouse.marts.grantRead({ id: `reader-${member}`, member })),
  ];
}

function grantStarting({ ingest, orchestrator, spark, transform }: Workloads, airflow: string): TerraformResource[] {
  return [
    // A task asks BigQuery as the workload whose work it does, so that it can't do more than that. From Composer it starts that workload's job
    // (stacks/platform/jobs.ts), and needs no token of it.
    ...(airflow === "composer" ? [] : [ingest, transform].map((workload) => workload.grantImpersonation(orchestrator))),
    // Dataproc runs the batch as Spark; the orchestrator needs no token of it.
    spark.grantUse(orchestrator),
  ];
}

function grantDevelopers(workloads: Workloads, developers: readonly string[]): TerraformResource[] {
  return Object.values<WorkloadIdentity>({ ...workloads }).flatMap((workload) =>
    developers.map((member) => workload.grantImpersonation({ id: `developer-${member}`, member })),
  );
}
