import type { LakeBucket } from "../lake/lake-bucket";

/** What a {@link LakeWatch} needs to know. */
export interface LakeWatchProps {
  /** Buckets that are watched. */
  readonly buckets: readonly LakeBucket[];

  /**
   * E-mail addresses of accounts that may change grants without an alert, such as the one that deploys. What makes a bucket public is told
   * whoever did it.
   *
   * @default []
   */
  readonly deployers?: readonly string[];
}
