import type { Environment } from "../environment/environment";
import type { WorkloadIdentity } from "../identity/workload-identity";
import type { EncryptionKey } from "../security/encryption-key";
import type { PrivateServicesAccess } from "./private-services-access";

/** What a {@link CloudSqlPostgres} needs to know. */
export interface CloudSqlPostgresProps extends CloudSqlSize, CloudSqlCare {
  /** Gives project, region and labels, and says whether data may be deleted. */
  readonly environment: Environment;

  /** How the instance gets its private address; it has no public one. */
  readonly access: PrivateServicesAccess;

  /** Who loads: makes a schema of its own with tables in it. Logs in with a token of its identity, without a password. */
  readonly writer: WorkloadIdentity;

  /**
   * Name of the instance: up to 80 of a-z, 0-9 and dashes, a letter first. Google may refuse a destroyed instance's name for a week.
   *
   * @default "trips"
   */
  readonly name?: string;

  /**
   * Name of the database.
   *
   * @default "trips"
   */
  readonly database?: string;

  /**
   * Schema that the writer makes and readers are let into.
   *
   * @default "trips"
   */
  readonly schema?: string;

  /**
   * Key that encrypts disk and backups; fixed for the instance's life.
   *
   * @default - a key of Google's
   */
  readonly encryptionKey?: EncryptionKey;

  /**
   * Second key to deleting data: lets the instance be destroyed, where the environment allows it.
   *
   * @default false
   */
  readonly destroyData?: boolean;
}

/** How large an instance is. */
export interface CloudSqlSize {
  /**
   * Machine: `db-f1-micro`, `db-g1-small` or `db-custom-<vCPUs>-<MiB>`.
   *
   * @default "db-f1-micro"
   */
  readonly tier?: string;

  /**
   * Whether a second machine in another zone takes over when the first fails; doubles the price of machine and disk.
   *
   * @default false
   */
  readonly standby?: boolean;

  /**
   * Size of the disk at first, in GiB: at least 10. It grows by itself and never shrinks; a change is for instances made later.
   *
   * @default 10
   */
  readonly diskGibibytes?: number;

  /**
   * Size in GiB at which the disk stops growing.
   *
   * @default 50
   */
  readonly maxDiskGibibytes?: number;
}

/** How an instance is backed up and maintained. */
export interface CloudSqlCare {
  /**
   * How many daily backups are kept: 1 to 365.
   *
   * @default 7
   */
  readonly keptBackups?: number;

  /**
   * For how many days the instance can be restored to any moment, by its transaction log: 1 to 7.
   *
   * @default 7
   */
  readonly recoveryDays?: number;

  /**
   * Hour of the day (UTC) at which the daily backup begins: 0 to 23.
   *
   * @default 2
   */
  readonly backupHour?: number;

  /**
   * Day of the week on which Google may restart the instance to maintain it: 1 (Monday) to 7 (Sunday).
   *
   * @default 7
   */
  readonly maintenanceDay?: number;

  /**
   * Hour of that day (UTC): 0 to 23.
   *
   * @default 4
   */
  readonly maintenanceHour?: number;
}
