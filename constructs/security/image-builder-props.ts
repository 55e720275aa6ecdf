import type { Environment } from "../environment/environment";
import type { ArtifactRepository } from "./artifact-repository";
import type { EncryptionKey } from "./encryption-key";

/** What an {@link ImageBuilder} needs to know. */
export interface ImageBuilderProps {
  /** Gives account and bucket their project, location and labels. */
  readonly environment: Environment;

  /** Where images are pushed to. */
  readonly repository: ArtifactRepository;

  /**
   * Key that encrypts the sources.
   *
   * @default - Google's own keys
   */
  readonly encryptionKey?: EncryptionKey;

  /**
   * Second key to deleting data: destroys sources with their bucket, where the environment allows it.
   *
   * @default false
   */
  readonly destroySources?: boolean;
}
