import type { Environment } from "../environment/environment";
import type { EncryptionKey } from "./encryption-key";

/** What {@link SecretReminders} need to know. */
export interface SecretRemindersProps {
  /** Gives topic and subscription their project and labels, and Secret Manager's account its project number. */
  readonly environment: Environment;

  /**
   * Key that encrypts the messages; they name secrets, and never hold one.
   *
   * @default - Google's own keys
   */
  readonly encryptionKey?: EncryptionKey;
}
