import { z } from "zod";
import type { Settings } from "./settings";
import { SettingsError } from "./settings-error";

/** Outputs of a deployed platform, as Terraform writes them (stacks/platform-outputs.ts declares them). */
const outputsSchema = z.object({
  environment: z.string(),
  project_id: z.string(),
  location: z.string(),
  lake_raw_bucket: z.string(),
  lake_clean_bucket: z.string(),
  lake_quarantine_bucket: z.string(),
  landed_dataset: z.string(),
  lake_dataset: z.string(),
  staging_dataset: z.string(),
  marts_dataset: z.string(),
  ingest: z.object({ max_rejected_share: z.number(), min_share_of_last_delivery: z.number() }),
  pipelines: z.object({ retries: z.number(), retry_seconds: z.number(), freshness_days: z.number() }),
  postgres: z
    .object({ host: z.string(), port: z.number(), database: z.string(), user: z.string(), password_file: z.string().optional() })
    .nullish(),
  spark: z
    .object({
      batch: z
        .object({
          runtime_config: z.record(z.string(), z.unknown()),
          execution_config: z.record(z.string(), z.unknown()),
          spark_history_server: z.string().optional(),
        })
        .optional(),
      jobs: z.record(z.string(), z.object({ main_uri: z.string(), package_uris: z.array(z.string()) })),
    })
    .nullish(),
});

/** Name of the jobs of pipelines/spark among those that are deployed. */
export const REPORT_JOBS = "reports";

/** What outputs don't say: where the target that was deployed to keeps what they name, and as whom the workloads act there. */
export interface Locations<Warehouse extends Settings["warehouse"] = Settings["warehouse"]> {
  readonly target: Settings["target"];

  /** Address of a bucket. */
  readonly bucketUrl: (bucket: string) => string;

  readonly warehouse: Warehouse;
  readonly identities: Settings["identities"];
  readonly paths: Settings["paths"];

  /** Absolute path of contracts.json. */
  readonly contracts: string;

  /**
   * Memory of Spark on this machine, such as `1536m`; what doesn't fit spills to the disk.
   *
   * @default 1g, enough for what one month of trips brings
   */
  readonly sparkMemory?: string;
}

/** Settings whose warehouse is of a known kind. */
export type SettingsOn<Warehouse extends Settings["warehouse"]> = Settings & { readonly warehouse: Warehouse };

/**
 * The settings of a deployed platform, or of one to be deployed: references that Terraform resolves later pass through as texts.
 *
 * @throws SettingsError naming what is missing: the platform was deployed by another version of this project.
 */
export function settingsFromOutputs<Warehouse extends Settings["warehouse"]>(
  outputs: unknown,
  { target, bucketUrl, warehouse, identities, paths, contracts, sparkMemory = "1g" }: Locations<Warehouse>,
): SettingsOn<Warehouse> {
  const parsed = outputsSchema.safeParse(outputs);
  if (!parsed.success) {
    const missing = parsed.error.issues.map(({ path }) => path.join(".") || "all outputs");
    throw new SettingsError(
      `The platform was deployed by another version of this project; its outputs lack ${missing.join(", ")}.\nDeploy it again: npm start`,
    );
  }
  const deployed = parsed.data;
  const { ingest, pipelines, postgres, spark } = deployed;
  return {
    version: 1,
    environment: deployed.environment,
    target,
    projectId: deployed.project_id,
    location: deployed.location,
    contracts,
    lake: {
      raw: bucketUrl(deployed.lake_raw_bucket),
      clean: bucketUrl(deployed.lake_clean_bucket),
      quarantine: bucketUrl(deployed.lake_quarantine_bucket),
    },
    warehouse,
    datasets: {
      landed: deployed.landed_dataset,
      lake: deployed.lake_dataset,
      staging: deployed.staging_dataset,
      marts: deployed.marts_dataset,
    },
    ingest: { maxRejectedShare: ingest.max_rejected_share, minShareOfLastDelivery: ingest.min_share_of_last_delivery },
    pipelines: { retries: pipelines.retries, retrySeconds: pipelines.retry_seconds, freshnessDays: pipelines.freshness_days },
    postgres: postgres ? postgresSettings(postgres) : null,
    spark: spark
      ? sparkSettings(spark, target, { reports: `${bucketUrl(deployed.lake_clean_bucket)}/reports`, memory: sparkMemory })
      : null,
    identities,
    paths,
  };
}

function postgresSettings({
  host,
  port,
  database,
  user,
  password_file: passwordFile,
}: NonNullable<z.infer<typeof outputsSchema>["postgres"]>): Settings["postgres"] {
  const reached = { host, port, database, user };
  // Without a password file it is Cloud SQL, where a workload logs in by its identity.
  return passwordFile === undefined ? { ...reached, login: "identity" } : { ...reached, login: "password", passwordFile };
}

/** A batch in the cloud, a session beside Airflow on this machine; null where the cloud has Spark for other ends, such as a cluster for people. */
function sparkSettings(
  { batch, jobs }: NonNullable<z.infer<typeof outputsSchema>["spark"]>,
  target: Settings["target"],
  told: { reports: string; memory: string },
): Settings["spark"] {
  if (target === "embedded") return { ...told, batch: null };
  const job = jobs[REPORT_JOBS];
  if (batch === undefined || job === undefined) return null;
  return {
    ...told,
    batch: {
      mainUri: job.main_uri,
      packageUris: job.package_uris,
      runtime: batch.runtime_config,
      execution: batch.execution_config,
      historyServer: batch.spark_history_server ?? null,
    },
  };
}
