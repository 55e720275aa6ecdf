import type { SqlDatabaseInstanceSettings } from "@cdktf/provider-google/lib/sql-database-instance";
import type { CloudSqlCare, CloudSqlPostgresProps } from "./cloud-sql-postgres-props";
import { machineTier } from "./machine-tier";

const LEAST_DISK_GIBIBYTES = 10;

/**
 * What of the props makes the instance's settings.
 *
 * @throws Error for a machine that Cloud SQL doesn't have, or a number out of its bounds.
 */
export function cloudSqlSettings(
  props: CloudSqlPostgresProps,
  deletable: boolean,
): SqlDatabaseInstanceSettings & { readonly diskAutoresizeLimit: number } {
  const { environment, access, tier = "db-f1-micro", standby = false, diskGibibytes = LEAST_DISK_GIBIBYTES } = props;
  const { maxDiskGibibytes = 50 } = props;
  machineTier(tier);
  checkWhole("diskGibibytes", diskGibibytes, LEAST_DISK_GIBIBYTES, 65_536);
  checkWhole("maxDiskGibibytes", maxDiskGibibytes, diskGibibytes, 65_536);
  return {
    tier,
    // From Postgres 16 on, Cloud SQL takes Enterprise Plus where nothing is said, which has no small machine.
    edition: "ENTERPRISE",
    availabilityType: standby ? "REGIONAL" : "ZONAL",
    diskType: "PD_SSD",
    diskSize: diskGibibytes,
    diskAutoresize: true,
    diskAutoresizeLimit: maxDiskGibibytes,
    databaseFlags: [{ name: "cloudsql.iam_authentication", value: "on" }],
    ipConfiguration: {
      ipv4Enabled: false,
      // As the connection names it: the instance must wait for the peering.
      privateNetwork: access.connection.network,
      allocatedIpRange: access.range.name,
      sslMode: "ENCRYPTED_ONLY",
    },
    insightsConfig: { queryInsightsEnabled: true, queryStringLength: 1024, recordApplicationTags: true, recordClientAddress: false },
    // The second protection holds against the console and gcloud too, not only against Terraform.
    deletionProtectionEnabled: !deletable,
    retainBackupsOnDelete: !deletable,
    userLabels: { ...environment.labels },
    ...care(props),
  };
}

function care({
  keptBackups = 7,
  recoveryDays = 7,
  backupHour = 2,
  maintenanceDay = 7,
  maintenanceHour = 4,
}: CloudSqlCare): Pick<SqlDatabaseInstanceSettings, "backupConfiguration" | "maintenanceWindow"> {
  checkWhole("keptBackups", keptBackups, 1, 365);
  checkWhole("recoveryDays", recoveryDays, 1, 7);
  checkWhole("backupHour", backupHour, 0, 23);
  checkWhole("maintenanceDay", maintenanceDay, 1, 7);
  checkWhole("maintenanceHour", maintenanceHour, 0, 23);
  return {
    backupConfiguration: {
      enabled: true,
      startTime: `${String(backupHour).padStart(2, "0")}:00`,
      pointInTimeRecoveryEnabled: true,
      transactionLogRetentionDays: recoveryDays,
      backupRetentionSettings: { retainedBackups: keptBackups, retentionUnit: "COUNT" },
    },
    maintenanceWindow: { day: maintenanceDay, hour: maintenanceHour, updateTrack: "stable" },
  };
}

function checkWhole(prop: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new Error(`${prop} must be a whole number from ${String(least)} to ${String(most)}, not ${String(value)}.`);
}
