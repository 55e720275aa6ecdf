import type { ComposerEnvironmentConfigA } from "@cdktf/provider-google/lib/composer-environment";
import { airflowOverrides, checkVariables } from "./airflow-settings";
import type { ComposerEnvironmentProps } from "./composer-environment-props";
import { airflowVersionOf } from "./composer-image";
import { apiWindow, weekendNights } from "./maintenance-window";
import { checkSnapshots } from "./snapshot-schedule";
import { checkWorkloads } from "./workload-limits";
import { smallWorkloads } from "./workload-sizes";

/** The block `config` of an environment: what Composer 3 takes, and nothing that only its predecessors did. */
export function composerConfig(props: ComposerEnvironmentProps): ComposerEnvironmentConfigA {
  const { size = "ENVIRONMENT_SIZE_SMALL", workloads = smallWorkloads, maintenance = weekendNights, historyDays = 90 } = props;
  checkWorkloads(workloads);
  if (!Number.isInteger(historyDays) || historyDays < 30 || historyDays > 730) {
    throw new Error(`historyDays must be a whole number of days from 30 to 730, not ${String(historyDays)}.`);
  }
  return {
    environmentSize: size,
    enablePrivateEnvironment: true,
    // Nothing is installed besides the image's packages, see the decision record on where ingest and dbt run.
    enablePrivateBuildsOnly: true,
    nodeConfig: nodeConfig(props),
    softwareConfig: softwareConfig(props),
    workloadsConfig: { ...workloads },
    maintenanceWindow: apiWindow(maintenance),
    dataRetentionConfig: { airflowMetadataRetentionConfig: [{ retentionMode: "RETENTION_MODE_ENABLED", retentionDays: historyDays }] },
    ...encryption(props),
    ...recovery(props),
    ...access(props),
  };
}

/** With network and subnet Composer makes a network attachment of its own and removes it with the environment. */
const nodeConfig = ({ identity, network }: ComposerEnvironmentProps): ComposerEnvironmentConfigA["nodeConfig"] => ({
  serviceAccount: identity.account.email,
  ...(network && { network: network.vpc.id, subnetwork: network.subnet.id }),
});

function softwareConfig(props: ComposerEnvironmentProps): ComposerEnvironmentConfigA["softwareConfig"] {
  const { environment, image = "composer-3-airflow-3.1", parallelism = 32, airflowConfig = {}, variables = {} } = props;
  airflowVersionOf(image);
  checkVariables(variables);
  return {
    imageVersion: image,
    airflowConfigOverrides: airflowOverrides(environment, parallelism, airflowConfig),
    envVariables: { ...variables },
  };
}

const encryption = ({ encryptionKey }: ComposerEnvironmentProps): Pick<ComposerEnvironmentConfigA, "encryptionConfig"> =>
  encryptionKey ? { encryptionConfig: { kmsKeyName: encryptionKey.name } } : {};

function recovery({ bucket, snapshots }: ComposerEnvironmentProps): Pick<ComposerEnvironmentConfigA, "recoveryConfig"> {
  // Without snapshots there is no block: one that says `enabled = false` is not read back, and would be planned for ever.
  if (snapshots === undefined) return {};
  checkSnapshots(snapshots);
  const { cron: snapshotCreationSchedule, timeZone } = snapshots;
  return {
    recoveryConfig: {
      scheduledSnapshotsConfig: { enabled: true, snapshotLocation: bucket.snapshotUrl, snapshotCreationSchedule, timeZone },
    },
  };
}

function access({ webServerRanges = [] }: ComposerEnvironmentProps): Pick<ComposerEnvironmentConfigA, "webServerNetworkAccessControl"> {
  if (webServerRanges.length === 0) return {};
  return { webServerNetworkAccessControl: { allowedIpRange: webServerRanges.map((value) => ({ value, description: "Configured." })) } };
}
