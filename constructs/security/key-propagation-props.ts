import type { EncryptionKey } from "./encryption-key";

/** What {@link KeyPropagation} needs to know. */
export interface KeyPropagationProps {
  /** The key whose grants are waited for. */
  readonly encryptionKey: EncryptionKey;

  /**
   * Seconds to wait after a service was let in. The variable PROPAGATION_SECONDS of the machine that deploys goes before it.
   *
   * @default 120
   */
  readonly seconds?: number;
}
