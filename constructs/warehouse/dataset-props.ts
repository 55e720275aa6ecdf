import type { Environment } from "../environment/environment";
import type { EncryptionKey } from "../security/encryption-key";

/** What a {@link Dataset} needs to know. */
export interface DatasetProps {
  /** Gives the dataset its location and labels. */
  readonly environment: Environment;

  /** Id of the dataset, e.g. `trips_marts`. */
  readonly datasetId: string;

  /** What the dataset holds and who writes it. */
  readonly description: string;

  /**
   * Hours for which a table's past can be read.
   *
   * @default 168
   */
  readonly timeTravelHours?: number;

  /**
   * Days after which a new table is deleted, views included; of those that are partitioned `partitionExpirationDays` decides, where it is set.
   *
   * @default - tables stay
   */
  readonly tableExpirationDays?: number;

  /**
   * Days after the end of its period after which a partition of a new table is deleted.
   *
   * @default - partitions stay
   */
  readonly partitionExpirationDays?: number;

  /**
   * Key with which BigQuery encrypts the dataset's tables.
   *
   * @default - Google's own keys
   */
  readonly encryptionKey?: EncryptionKey;

  /**
   * Whether views and routines of other datasets may read the tables on their reader's behalf. All grants are entries of the dataset's
   * access list then: an IAM member of a dataset, once changed, takes the authorised views' entries away.
   *
   * @default false
   */
  readonly authorizesViews?: boolean;

  /**
   * Second key to deleting data: destroys the tables with the dataset, where the environment allows it.
   *
   * @default false
   */
  readonly destroyTables?: boolean;
}
