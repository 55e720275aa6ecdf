import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Configuration } from "../config/configuration";
import type { Environment } from "../constructs/environment/environment";
import type { Lake } from "../constructs/lake/lake";
import { ProjectServices } from "../constructs/project/project-services";
import type { Warehouse } from "../constructs/warehouse/warehouse";
import { useBackend } from "./backend";
import { writeOutputs } from "./platform-outputs";
import { composeLake } from "./platform/lake";
import { composeMonitoring } from "./platform/monitoring";
import { composeNetwork } from "./platform/network";
import { composePostgres } from "./platform/postgres";
import { composeSecurity } from "./platform/security";
import { platformServices } from "./platform/services";
import { composeWarehouse } from "./platform/warehouse";
import { composeWorkloads, grantWorkloads, type Workloads } from "./platform/workloads";

/** Everything of one environment: the same composition for dev and prod, which differ in their configuration alone. */
export class PlatformStack extends TerraformStack {
  public readonly services: ProjectServices;
  public readonly workloads: Workloads;
  public readonly lake: Lake;
  public readonly warehouse: Warehouse;

  constructor(scope: Construct, id: string, configuration: Configuration) {
    super(scope, id);
    const { name, project, location, labels, allowsDataDeletion, ingest } = configuration;
    const environment: Environment = { name, projectId: project.id, projectNumber: project.number, location, labels, allowsDataDeletion };

    useBackend(this, configuration.backend);
    new GoogleProvider(this, "google", { project: project.id, region: location });
    this.services = new ProjectServices(this, "project", {
      environment,
      services: platformServices(configuration),
      missing: project.missing,
    });
    this.services.holdBack(this);

    this.workloads = composeWorkloads(this, environment);
    composeSecurity(this, environment, configuration);
    composeNetwork(this, environment, configuration);
    this.lake = composeLake(this, environment, configuration);
    this.warehouse = composeWarehouse(this, environment, configuration, this.lake);
    grantWorkloads(this.workloads, this.lake, this.warehouse, configuration.warehouse.readers);
    composeMonitoring(this, environment, configuration);
    const postgres = composePostgres(this, environment, configuration);

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
      ingest: { max_rejected_share: ingest.maxRejectedShare, min_share_of_last_delivery: ingest.minShareOfLastDelivery },
      postgres,
    });
  }
}
