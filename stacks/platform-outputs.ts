import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";

/** What a deployed platform tells the pipelines and people; the names are a contract with `pipelines/settings`. */
export interface PlatformOutputs {
  readonly environment: string;
  readonly project_id: string;
  readonly location: string;
  readonly lake_raw_bucket: string;
  readonly lake_clean_bucket: string;
  readonly lake_quarantine_bucket: string;
  readonly landed_dataset: string;
  readonly lake_dataset: string;
  readonly staging_dataset: string;
  readonly marts_dataset: string;
  readonly ingest: IngestOutput;
  readonly pipelines: PipelinesOutput;
  readonly postgres: PostgresOutput | null;
}

/** When a delivery is refused; shares from 0 to 1. */
export interface IngestOutput {
  readonly max_rejected_share: number;
  readonly min_share_of_last_delivery: number;
}

/** How runs deal with what goes wrong; 0 days: data may be of any age. */
export interface PipelinesOutput {
  readonly retries: number;
  readonly retry_seconds: number;
  readonly freshness_days: number;
}

/** How to reach Postgres from the machine that deployed it. */
export interface PostgresOutput {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password_file: string;
}

/** Declares the outputs under their own names, without the prefix of a construct's path. */
export function writeOutputs(scope: Construct, outputs: PlatformOutputs): void {
  const below = new Construct(scope, "outputs");
  for (const [name, value] of Object.entries(outputs)) {
    if (value !== null) new TerraformOutput(below, name, { value, staticId: true });
  }
}
