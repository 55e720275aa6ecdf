import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { resolve } from "node:path";
import type { Configuration } from "../config/configuration";
import type { Environment } from "../constructs/environment/environment";
import { WorkloadIdentity } from "../constructs/identity/workload-identity";
import { Lake } from "../constructs/lake/lake";
import { DockerPostgres } from "../constructs/postgres/docker-postgres";
import { ProjectServices } from "../constructs/project/project-services";
import { Warehouse } from "../constructs/warehouse/warehouse";
import { landedTables } from "../contracts/tables";
import { useBackend } from "./backend";
import { type PostgresOutput, writeOutputs } from "./platform-outputs";

const emptyParquetFolder = resolve(__dirname, "../contracts/generated/parquet");

/** Everything of one environment: the same composition for dev and prod, which differ in their configuration alone. */
export class PlatformStack extends TerraformStack {
  public readonly services: ProjectServices;
  public readonly lake: Lake;
  public readonly warehouse: Warehouse;

  /** Reads TLC's files and fills the lake and the landed tables. */
  public readonly ingest: WorkloadIdentity;

  /** dbt: reads landed tables, writes staging and marts. */
  public readonly transform: WorkloadIdentity;

  /** Reads marts, nothing else. */
  public readonly dashboards: WorkloadIdentity;

  /** Only where the configuration asks for Docker. */
  public readonly postgres?: DockerPostgres;

  constructor(scope: Construct, id: string, configuration: Configuration) {
    super(scope, id);
    const { name, project, location, labels, allowsDataDeletion } = configuration;
    const environment: Environment = { name, projectId: project.id, projectNumber: project.number, location, labels, allowsDataDeletion };

    useBackend(this, configuration.backend);
    new GoogleProvider(this, "google", { project: project.id, region: location });
    this.services = new ProjectServices(this, "project", {
      environment,
      services: ["iam.googleapis.com", "storage.googleapis.com", "bigquery.googleapis.com"],
      missingIdVariable: project.missingIdVariable,
    });

    this.lake = new Lake(this, "lake", { environment, ...configuration.lake, destroyObjects: true });
    this.warehouse = new Warehouse(this, "warehouse", {
      environment,
      landedTables,
      cleanBucket: this.lake.clean,
      emptyParquetFolder,
      timeTravelHours: configuration.warehouse.timeTravelHours,
      destroyTables: true,
    });

    this.ingest = this.identity(environment, "ingest", "Reads trip files into the lake, the landed tables and Postgres.");
    this.transform = this.identity(environment, "transform", "Runs dbt: reads landed tables, writes staging and marts.");
    this.dashboards = this.identity(environment, "dashboards", "Reads the marts.");
    this.services.holdBack(this.lake, this.warehouse, this.ingest, this.transform, this.dashboards);
    this.grant(configuration.warehouse.readers);

    const reach = this.deployPostgres(environment, configuration);
    writeOutputs(this, {
      environment: name,
      project_id: project.id,
      location,
      lake_raw_bucket: this.lake.raw.bucket.name,
      lake_clean_bucket: this.lake.clean.bucket.name,
      lake_quarantine_bucket: this.lake.quarantine.bucket.name,
      landed_dataset: this.warehouse.landed.datasetId,
      lake_dataset: this.warehouse.lake.datasetId,
      staging_dataset: this.warehouse.staging.datasetId,
      marts_dataset: this.warehouse.marts.datasetId,
      ingest: {
        max_rejected_share: configuration.ingest.maxRejectedShare,
        min_share_of_last_delivery: configuration.ingest.minShareOfLastDelivery,
      },
      postgres: reach,
    });
  }

  private identity(environment: Environment, workload: string, description: string): WorkloadIdentity {
    return new WorkloadIdentity(this, workload, { environment, workload, description });
  }

  private grant(readers: readonly string[]): void {
    const { lake, warehouse, ingest, transform, dashboards } = this;
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

  private deployPostgres(environment: Environment, { name, postgres }: Configuration): PostgresOutput | null {
    if (postgres.kind === "none") return null;
    const { image, port, database, user, passwordFile, pgAdmin } = postgres;
    new DockerProvider(this, "docker", {});
    new DockerPostgres(this, "postgres", {
      environment,
      destroyData: true,
      name: `trips-${name}`,
      image,
      port,
      database,
      user,
      passwordFile,
      ...(pgAdmin.enabled ? { pgAdmin: { image: pgAdmin.image, port: pgAdmin.port, email: pgAdmin.email } } : {}),
    });
    return { host: "127.0.0.1", port, database, user, password_file: passwordFile };
  }
}
