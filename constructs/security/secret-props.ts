import type { Environment } from "../environment/environment";
import type { EncryptionKey } from "./encryption-key";
import type { SecretReminders } from "./secret-reminders";

/** What a {@link Secret} needs to know. */
export interface SecretProps {
  /** Gives the secret its project, the one location of its replica, and its labels. */
  readonly environment: Environment;

  /** Name of the secret, 1 to 249 of letters, digits, dash and underscore, e.g. `weather-api`; the secret's id is `trips-<name>`. */
  readonly name: string;

  /**
   * Key that encrypts the secret's new versions; those that exist keep theirs.
   *
   * @default - Google's own keys
   */
  readonly encryptionKey?: EncryptionKey;

  /**
   * Reminds people to add a new version; nothing adds one by itself.
   *
   * @default - no reminder
   */
  readonly reminder?: SecretReminder;

  /**
   * Second key to deleting data: lets the secret be destroyed with its versions, where the environment allows it.
   *
   * @default false
   */
  readonly destroyVersions?: boolean;
}

/** When to remind of a secret's rotation, and where. */
export interface SecretReminder {
  /** Gets a message each time. */
  readonly reminders: SecretReminders;

  /** The first time, an instant in UTC such as `2027-01-31T09:00:00Z`; when it is deployed it must lie ahead. */
  readonly first: string;

  /** Days from one reminder to the next, 1 to 36,500. */
  readonly everyDays: number;
}
