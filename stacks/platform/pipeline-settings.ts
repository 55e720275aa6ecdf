import type { Construct } from "constructs";
import type { Configuration } from "../../config/configuration";
import type { AirflowBucket } from "../../constructs/orchestration/airflow-bucket";
import { BucketText } from "../../constructs/orchestration/bucket-text";
import { settingsFromOutputs } from "../../pipelines/settings/from-outputs";
import type { Settings } from "../../pipelines/settings/settings";
import type { PlatformOutputs } from "../platform-outputs";
import { MOUNT, PIPELINES, SETTINGS } from "./airflow-files";

/** What the settings are made of. */
export interface PipelineSettingsParts {
  readonly bucket: AirflowBucket;
  readonly outputs: PlatformOutputs;

  /** Accounts that ingest and dbt impersonate; null where each has a job under its own. */
  readonly identities: Settings["identities"];
}

/**
 * The settings file of the pipelines in the cloud, as an object of Airflow's bucket: of the same outputs, by the same mapping, as on this machine
 * (docs/adr/010).
 */
export function writePipelineSettings(
  scope: Construct,
  { pipelines, postgres }: Configuration,
  { bucket, outputs, identities }: PipelineSettingsParts,
): BucketText {
  const settings = settingsFromOutputs(
    // A container on somebody's machine is out of the cloud's reach.
    { ...outputs, postgres: postgres.kind === "cloud_sql" ? outputs.postgres : null },
    {
      target: "cloud",
      bucketUrl: (name) => `gs://${name}`,
      warehouse: { kind: "bigquery", maximumBytesBilled: pipelines.maximumBytesBilled },
      identities,
      paths: { runs: `${MOUNT}/data/runs`, dashboard: `${MOUNT}/data/dashboard`, logs: `${MOUNT}/data/runs/_logs` },
      contracts: `${MOUNT}/${PIPELINES}/contracts/contracts.json`,
    },
  );
  return new BucketText(scope, "pipeline-settings", {
    bucket,
    name: SETTINGS,
    text: `${JSON.stringify(settings, null, 2)}\n`,
    contentType: "application/json",
  });
}
