import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import type { BatchDefaults } from "../constructs/spark/serverless-batches";

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
  readonly airflow: AirflowOutput | null;
  readonly spark: SparkOutput | null;

  /** By dbt's table: address that opens a report on it in Looker Studio. */
  readonly dashboards: Readonly<Record<string, string>>;

  /** Where Kafka carries ride events. */
  readonly kafka: KafkaOutput | null;
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

/** Airflow in the cloud: the address of its page, and where its DAGs and logs are. */
export interface AirflowOutput {
  readonly url: string;

  /** A machine's alone: opens the tunnel that the address is the near end of. */
  readonly tunnel_command?: string;
  readonly bucket: string;
}

/** How to reach Postgres: Docker's from the machine that deployed it, Cloud SQL's from the network. */
export interface PostgresOutput {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;

  /** Not there where the user logs in by its Google identity. */
  readonly password_file?: string;

  /** Cloud SQL's alone: what its proxy and connectors want to hear. */
  readonly connection_name?: string;

  /** Cloud SQL's alone: SQL that a person runs once, see constructs/postgres/README.md. */
  readonly rights?: { readonly as_administrator: string; readonly as_writer: string };
}

/** Spark: where its jobs are, and how they are run. */
export interface SparkOutput {
  readonly artifacts_bucket: string;
  readonly scratch_bucket: string;

  /** Where there is one; it may have deleted itself since. */
  readonly cluster?: string;

  /** The cluster's own pages, where there is one. */
  readonly gateway_url?: string;

  /** What applications did in the past, where a server shows it. */
  readonly history_server_url?: string;

  /** What a serverless batch is submitted with; missing where batches run on a cluster. */
  readonly batch?: BatchDefaults;

  /** By name: what to run, and the template that runs it on a cluster of its own, if there is one. */
  readonly jobs: Readonly<
    Record<string, { readonly main_uri: string; readonly package_uris: readonly string[]; readonly workflow?: string }>
  >;
}

/** How clients reach Kafka: in the network, and by tunnels from elsewhere. */
export interface KafkaOutput {
  readonly bootstrap_servers: string;

  /** As clients of Confluent's registry want it. */
  readonly registry_url: string;

  /** Secret with the certificate by which clients know the brokers. */
  readonly certificate_secret: string;

  /** Secrets with the passwords, by user. */
  readonly password_secrets: Readonly<Record<string, string>>;

  /** One per broker, and one for the registry; with them open, clients begin at localhost:9094. */
  readonly tunnel_commands: readonly string[];
}

/** Declares the outputs under their own names, without the prefix of a construct's path. */
export function writeOutputs(scope: Construct, outputs: PlatformOutputs): void {
  const below = new Construct(scope, "outputs");
  for (const [name, value] of Object.entries(outputs)) {
    if (value !== null) new TerraformOutput(below, name, { value, staticId: true });
  }
}
