import type { Environment } from "../environment/environment";
import type { KeyRing } from "./key-ring";

/** What an {@link EncryptionKey} needs to know. */
export interface EncryptionKeyProps {
  /** Gives the key its labels, and its service agents their project number. */
  readonly environment: Environment;

  /** The ring that holds the key. */
  readonly keyRing: KeyRing;

  /** Name of the key in its ring, 1 to 63 of letters, digits, dash and underscore, e.g. `data`. Google keeps it for ever. */
  readonly name: string;

  /**
   * Days after which new data is encrypted with a new version; what is there stays with its own. 1 to 36,500.
   *
   * @default 90
   */
  readonly rotationDays?: number;

  /**
   * Days for which the destruction of a version can be undone, 1 to 120. Fixed for the key's life.
   *
   * @default 30
   */
  readonly destroyScheduledDays?: number;

  /**
   * Second key to deleting data: lets the key be destroyed, and with it the sense of all that it encrypts, where the environment allows it.
   *
   * @default false
   */
  readonly destroyVersions?: boolean;
}
