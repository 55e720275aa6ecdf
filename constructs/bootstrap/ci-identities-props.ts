import type { Environment } from "../environment/environment";
import type { StateBucket } from "./state-bucket";

/** What {@link CiIdentities} need to know. */
export interface CiIdentitiesProps {
  /** Whose project may be planned and deployed. */
  readonly environment: Environment;

  /** Where the states lie. */
  readonly stateBucket: StateBucket;

  /** Number of the repository's owner on GitHub, as text: unlike a name it can't pass to somebody else. */
  readonly ownerId: string;

  /** Number of the repository on GitHub, as text. */
  readonly repositoryId: string;

  /** `owner/name`, for people. */
  readonly repository: string;

  /**
   * Branch from which is deployed.
   *
   * @default main
   */
  readonly deployBranch?: string;

  /**
   * Deployment environment on GitHub that a deploying job must have entered besides, so that its reviewers and waiting times apply.
   *
   * @default - the branch alone suffices
   */
  readonly deployEnvironment?: string;
}
