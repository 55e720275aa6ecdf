import type { Environment } from "../environment/environment";
import type { EncryptionKey } from "./encryption-key";

/** What an {@link AuditLog} needs to know. */
export interface AuditLogProps {
  /** Whose project's audit logs are kept; gives the dataset its location and labels. */
  readonly environment: Environment;

  /**
   * Id of the BigQuery dataset that keeps the logs.
   *
   * @default "trips_audit"
   */
  readonly datasetId?: string;

  /**
   * Days after which a day's entries are deleted, at least 1.
   *
   * @default 400
   */
  readonly retentionDays?: number;

  /**
   * Services whose reads and writes of data are logged, besides what Google always logs (administration, and all of BigQuery),
   * e.g. `storage.googleapis.com`. Nobody else may configure the audit log of these services in the project: the last to deploy wins.
   *
   * @default - none
   */
  readonly dataAccess?: readonly string[];

  /**
   * Key that encrypts the tables.
   *
   * @default - Google's own keys
   */
  readonly encryptionKey?: EncryptionKey;

  /**
   * Second key to deleting data: destroys the tables with the dataset, where the environment allows it.
   *
   * @default false
   */
  readonly destroyTables?: boolean;
}
