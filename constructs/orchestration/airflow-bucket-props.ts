import type { Environment } from "../environment/environment";
import type { EncryptionKey } from "../security/encryption-key";

/** What an {@link AirflowBucket} needs to know. */
export interface AirflowBucketProps {
  /** Gives the bucket its location, labels and the prefix of its name. */
  readonly environment: Environment;

  /**
   * Key that encrypts new objects: the environment's own, since Composer leaves the bucket's encryption to whoever made it.
   *
   * @default - Google's own keys
   */
  readonly encryptionKey?: EncryptionKey;

  /**
   * Days after which Airflow's logs, and what the steps of a run left in `data/runs/`, are deleted; Cloud Logging keeps logs as long as it is told to.
   *
   * @default 30
   */
  readonly logDays?: number;

  /**
   * Days after which a snapshot of the environment is deleted.
   *
   * @default 14
   */
  readonly snapshotDays?: number;

  /**
   * Second key to deleting data: destroys DAGs, logs and snapshots with the bucket, where the environment allows it.
   *
   * @default false
   */
  readonly destroyObjects?: boolean;
}
