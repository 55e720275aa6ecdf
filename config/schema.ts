import { z } from "zod";
import { bootstrap } from "./parts/bootstrap";
import { identity } from "./parts/identity";
import { ingest } from "./parts/ingest";
import { lake } from "./parts/lake";
import { monitoring } from "./parts/monitoring";
import { network } from "./parts/network";
import { pipelines } from "./parts/pipelines";
import { postgres } from "./parts/postgres";
import { project } from "./parts/project";
import { orchestration } from "./parts/orchestration";
import { security } from "./parts/security";
import { spark } from "./parts/spark";
import { streaming } from "./parts/streaming";
import { state } from "./parts/state";
import { warehouse } from "./parts/warehouse";
import { label } from "./parts/values";

const settings = z.strictObject({
  $schema: z.string().optional().describe("For editors."),
  project: project.prefault({}).describe("The Google project of this environment."),
  location: z
    .string()
    .regex(/^[a-z]+-[a-z]+[0-9]+$/, "a Google Cloud region such as europe-west1")
    .default("europe-west1")
    .describe("Region of everything; bucket, datasets and jobs must share it."),
  labels: z.record(label, label).default({}).describe("Labels on everything that can carry them."),
  allowsDataDeletion: z
    .boolean()
    .default(false)
    .describe("First of two keys to deleting data: without it, nothing that holds data is destroyed."),
  identity: identity.prefault({}).describe("Who may act as the workloads."),
  lake: lake.prefault({}).describe("The data lake on Cloud Storage."),
  warehouse: warehouse.prefault({}).describe("The warehouse on BigQuery."),
  postgres: postgres.prefault({}).describe("Postgres beside the warehouse."),
  ingest: ingest.prefault({}).describe("When a month's delivery is too bad to replace the one before."),
  pipelines: pipelines.prefault({}).describe("Retries and the deadline of the pipelines' runs."),
  network: network.prefault({}).describe("The private network of machines and clusters."),
  security: security.prefault({}).describe("Keys, secrets, the registry and the audit log."),
  monitoring: monitoring.prefault({}).describe("Alerts, the dashboard and the uptime check."),
  orchestration: orchestration.prefault({}).describe("Airflow in the cloud."),
  spark: spark.prefault({}).describe("Spark on Dataproc."),
  streaming: streaming.prefault({}).describe("Rides as they happen."),
  bootstrap: bootstrap.prefault({}).describe("What comes before the platform: budget and the identities of continuous integration."),
  state: state.prefault({}).describe("Where Terraform keeps its state in a real deployment."),
});

/** What a file `config/<environment>.yaml` may hold. */
export const environmentFile = settings
  .refine(({ postgres: { kind }, network: { enabled } }) => kind !== "cloud_sql" || enabled, {
    path: ["postgres", "kind"],
    error: "docker or none while network.enabled is false, since Cloud SQL has a private address only: write network: {enabled: true}",
  })
  .refine(({ spark: { kind }, network: { enabled } }) => kind === "none" || enabled, {
    path: ["spark", "kind"],
    error: "none while network.enabled is false, since Spark's machines have private addresses only: write network: {enabled: true}",
  })
  .refine(({ streaming: { kind }, network: { enabled, nat } }) => kind !== "kafka" || (enabled && nat), {
    path: ["streaming", "kind"],
    error:
      "pubsub or none while network.enabled or network.nat is false, since brokers have private addresses only and fetch what they run: write network: {enabled: true, nat: true}",
  })
  .refine(({ orchestration: { kind }, network: { enabled, nat } }) => kind !== "vm" || (enabled && nat), {
    path: ["orchestration", "kind"],
    error:
      "composer or none while network.enabled or network.nat is false, since Airflow's machine has no public address and installs its packages from the internet: write network: {enabled: true, nat: true}",
  });

/** Contents of an environment's file, with defaults filled in. */
export type EnvironmentFile = z.infer<typeof environmentFile>;
