import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { Aspects, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Configuration } from "../config/configuration";
import type { Environment } from "../constructs/environment/environment";
import type { Lake } from "../constructs/lake/lake";
import type { Monitoring } from "../constructs/monitoring/monitoring";
import type { Network } from "../constructs/network/network";
import { ProjectServices } from "../constructs/project/project-services";
import { RemadeTogether } from "../constructs/project/remade-together";
import type { Warehouse } from "../constructs/warehouse/warehouse";
import { useBackend } from "./backend";
import { type PlatformOutputs, writeOutputs } from "./platform-outputs";
import { dashboardLinks } from "./platform/dashboards";
import { composeLake } from "./platform/lake";
import { composeMonitoring } from "./platform/monitoring";
import { composeNetwork } from "./platform/network";
import { composePostgres, postgresOutput } from "./platform/postgres";
import { composeSecurity, type Security } from "./platform/security";
import { platformServices } from "./platform/services";
import { writePipelineSettings } from "./platform/pipeline-settings";
import { airflowOutput, composeOrchestration, type Orchestration } from "./platform/orchestration";
import { composeSpark } from "./platform/spark";
import { sparkOutput } from "./platform/spark-output";
import { kafkaOutput } from "./platform/kafka";
import { composeStreaming, type Streaming } from "./platform/streaming";
import { composeWarehouse } from "./platform/warehouse";
import { composeWorkloads, grantWorkloads, type Workloads } from "./platform/workloads";
import { requireTerraform } from "./terraform-version";

/** Everything of one environment: the same composition for dev and prod, which differ in their configuration alone. */
export class PlatformStack extends TerraformStack {
  public readonly services: ProjectServices;
  public readonly workloads: Workloads;
  public readonly security: Security;

  /** For machines and clusters; not there where it is switched off. */
  public readonly network: Network | undefined;
  public readonly lake: Lake;
  public readonly warehouse: Warehouse;

  /** Airflow in the cloud; not there where it is switched off. */
  public readonly orchestration: Orchestration | undefined;

  /** What carries ride events; not there where it is switched off. */
  public readonly streaming: Streaming | undefined;

  /** For later parts to add their alerts and charts to; not there where monitoring is switched off. */
  public readonly monitoring: Monitoring | undefined;

  constructor(scope: Construct, id: string, configuration: Configuration) {
    super(scope, id);
    const { name, project, location, labels, allowsDataDeletion, ingest, pipelines } = configuration;
    const environment: Environment = { name, projectId: project.id, projectNumber: project.number, location, labels, allowsDataDeletion };

    requireTerraform(this);
    useBackend(this, configuration.backend);
    new GoogleProvider(this, "google", { project: project.id, region: location });
    this.services = new ProjectServices(this, "project", {
      environment,
      services: platformServices(configuration),
      missing: project.missing,
    });
    this.services.holdBack(this);
    Aspects.of(this).add(new RemadeTogether());

    this.workloads = composeWorkloads(this, environment);
    this.security = composeSecurity(this, environment, configuration, this.workloads);
    this.network = composeNetwork(this, environment, configuration, this.workloads);
    const { encryptionKey } = this.security;
    this.lake = composeLake(this, environment, configuration, encryptionKey);
    this.warehouse = composeWarehouse(this, environment, configuration, this.lake, encryptionKey);
    const grants = grantWorkloads(this, this.workloads, this.lake, this.warehouse, configuration);
    const { workloads, network } = this;
    this.orchestration = composeOrchestration(this, environment, configuration, { workloads, grants, network, encryptionKey });
    const spark = composeSpark(this, environment, configuration, { workloads, grants, network, encryptionKey });
    this.monitoring = composeMonitoring(this, environment, configuration, this.lake, this.orchestration);
    if (this.monitoring && this.orchestration) this.orchestration.watch(this.monitoring);
    const { monitoring } = this;
    const postgres = composePostgres(this, environment, configuration, { workloads, network, encryptionKey, monitoring });

    this.streaming = composeStreaming(this, environment, configuration, {
      workloads,
      grants,
      network,
      encryptionKey,
      monitoring,
    });

    const outputs: PlatformOutputs = {
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
      pipelines: { retries: pipelines.retries, retry_seconds: pipelines.retrySeconds, freshness_days: pipelines.freshnessDays },
      postgres: postgres ? postgresOutput(postgres) : null,
      spark: spark ? sparkOutput(spark) : null,
      airflow: this.orchestration ? airflowOutput(this.orchestration) : null,
      dashboards: dashboardLinks(environment, this.warehouse.marts.datasetId),
      kafka: this.streaming?.kafka ? kafkaOutput(this.streaming.kafka) : null,
    };
    writeOutputs(this, outputs);
    if (this.orchestration) writePipelineSettings(this, configuration, { ...this.orchestration, outputs });
  }
}
