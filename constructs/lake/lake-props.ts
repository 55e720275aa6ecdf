import type { Environment } from "../environment/environment";

/** What a {@link Lake} needs to know. */
export interface LakeProps {
  /** Gives the buckets their location, labels and the prefix of their names. */
  readonly environment: Environment;

  /**
   * Days after which raw and quarantined files move to Nearline.
   *
   * @default 30
   */
  readonly rawColdAfterDays?: number;

  /**
   * Days for which a deleted object can be restored.
   *
   * @default 7
   */
  readonly softDeleteDays?: number;

  /**
   * Second key to deleting data: destroys the objects with the buckets, where the environment allows it.
   *
   * @default false
   */
  readonly destroyObjects?: boolean;
}
