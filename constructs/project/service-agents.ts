import type { Environment } from "../environment/environment";

const domains = {
  artifactregistry: "gcp-sa-artifactregistry",
  bigquery: "bigquery-encryption",
  cloudsql: "gcp-sa-cloud-sql",
  composer: "cloudcomposer-accounts",
  compute: "compute-system",
  dataplex: "gcp-sa-dataplex",
  dataproc: "dataproc-accounts",
  logging: "gcp-sa-logging",
  monitoring: "gcp-sa-monitoring-notification",
  pubsub: "gcp-sa-pubsub",
  run: "serverless-robot-prod",
  secretmanager: "gcp-sa-secretmanager",
  storage: "gs-project-accounts",
  transfer: "gcp-sa-bigquerydatatransfer",
} as const;

/** A Google service that acts in the project under an account of its own. */
export type GoogleService = keyof typeof domains;

/**
 * IAM member of a service's own account in the project, formed from the project's number: the provider's GA version has no resource for it.
 * Google makes most of these accounts when the service is first used; a grant to one that doesn't exist yet is refused.
 *
 * @see https://cloud.google.com/iam/docs/service-agents
 */
export function serviceAgent({ projectNumber }: Environment, service: GoogleService): string {
  const name = service === "bigquery" ? `bq-${projectNumber}` : `service-${projectNumber}`;
  return `serviceAccount:${name}@${domains[service]}.iam.gserviceaccount.com`;
}
