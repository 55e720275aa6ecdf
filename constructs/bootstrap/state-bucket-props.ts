import type { Environment } from "../environment/environment";

/** What a {@link StateBucket} needs to know. */
export interface StateBucketProps {
  /** Gives the bucket its location and labels. */
  readonly environment: Environment;

  /** Name of the bucket; the backends of all stacks name the same one. */
  readonly name: string;

  /**
   * How many newer versions of a state there must be before an old one may be deleted.
   *
   * @default 20
   */
  readonly keptVersions?: number;

  /**
   * Days for which an old version of a state is kept in any case.
   *
   * @default 90
   */
  readonly keptDays?: number;

  /**
   * Days for which a deleted object can be restored: 7 to 90.
   *
   * @default 30
   */
  readonly softDeleteDays?: number;
}
