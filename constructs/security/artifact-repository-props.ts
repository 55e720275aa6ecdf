import type { Environment } from "../environment/environment";
import type { EncryptionKey } from "./encryption-key";

/** What a repository holds. */
export type RepositoryFormat = "docker" | "python";

/** What an {@link ArtifactRepository} needs to know. */
export interface ArtifactRepositoryProps {
  /** Gives the repository its project, location and labels. */
  readonly environment: Environment;

  /** Container images or Python packages; completes the repository's id, `trips-<format>`. */
  readonly format: RepositoryFormat;

  /**
   * Whether a tag, once given to an image, stays with it. Docker only.
   *
   * @default false
   */
  readonly immutableTags?: boolean;

  /**
   * Newest versions of each image or package that are kept whatever their age; at least 1.
   *
   * @default 10
   */
  readonly keepVersions?: number;

  /**
   * Days after which other versions are deleted: packages, and images without a tag.
   *
   * @default 30
   */
  readonly deleteAfterDays?: number;

  /**
   * Key that encrypts what the repository holds; fixed for its life.
   *
   * @default - Google's own keys
   */
  readonly encryptionKey?: EncryptionKey;

  /**
   * Second key to deleting data: lets the repository be destroyed with what it holds, where the environment allows it.
   *
   * @default false
   */
  readonly destroyArtifacts?: boolean;
}
