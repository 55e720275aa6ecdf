import type { Table } from "../../contracts/model/table";
import type { Environment } from "../environment/environment";
import type { EncryptionKey } from "../security/encryption-key";
import type { Dataset } from "./dataset";
import type { PolicyTags } from "./policy-tags";

/** What {@link IcebergTables} needs to know. */
export interface IcebergTablesProps {
  /** Gives bucket and tables their location, labels and the right to be deleted. */
  readonly environment: Environment;

  /** Dataset that holds the tables. */
  readonly dataset: Dataset;

  /** Tables to make, under their own names. */
  readonly contracts: readonly Table[];

  /**
   * Tags of protected columns.
   *
   * @default - no column is protected
   */
  readonly policyTags?: PolicyTags;

  /**
   * Key that encrypts the bucket's objects.
   *
   * @default - Google's own keys
   */
  readonly encryptionKey?: EncryptionKey;

  /**
   * Seconds to wait after BigQuery was granted the bucket.
   *
   * @default 120
   */
  readonly propagationSeconds?: number;

  /**
   * Second key to deleting data: destroys tables and files, where the environment allows it.
   *
   * @default false
   */
  readonly destroyRows?: boolean;
}
