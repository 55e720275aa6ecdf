import type { Environment } from "../environment/environment";
import type { EncryptionKey } from "../security/encryption-key";

/** What {@link SparkArtifacts} needs to know. */
export interface SparkArtifactsProps {
  /** Gives the buckets their location, labels and the prefix of their names. */
  readonly environment: Environment;

  /**
   * Key of one's own that encrypts new objects.
   *
   * @default - Google's own keys
   */
  readonly encryptionKey?: EncryptionKey;

  /**
   * Days after which the event logs of finished applications are deleted; a history server shows nothing older.
   *
   * @default 90
   */
  readonly eventLogDays?: number;

  /**
   * Days after which Dataproc's own files (job output, temporary data) are deleted; at least 15, for a cluster may be idle for 14 and needs its
   * files until its end.
   *
   * @default 30
   */
  readonly scratchDays?: number;

  /**
   * Second key to deleting data: destroys the objects with the buckets, where the environment allows it.
   *
   * @default false
   */
  readonly destroyObjects?: boolean;
}
