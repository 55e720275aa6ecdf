import type { Environment } from "../environment/environment";
import type { WorkloadIdentity } from "../identity/workload-identity";
import type { EncryptionKey } from "../security/encryption-key";

/** What {@link KafkaUsers} need to know. */
export interface KafkaUsersProps {
  /** Gives the secrets project, location and labels. */
  readonly environment: Environment;

  /** Whom the brokers run as: reads all of the secrets, and makes the first version of each. */
  readonly broker: WorkloadIdentity;

  /**
   * Key that encrypts the secrets.
   *
   * @default - Google's own keys
   */
  readonly encryptionKey?: EncryptionKey;

  /**
   * Second key to deleting data: lets the secrets be destroyed with their versions, where the environment allows it.
   *
   * @default false
   */
  readonly destroyVersions?: boolean;
}
