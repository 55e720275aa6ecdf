import type { LakeStorageProps } from "./lake-bucket-props";

/** What a {@link Lake} needs to know. */
export interface LakeProps extends LakeStorageProps {
  /**
   * Days after which raw and quarantined files move to Nearline; not together with `autoclass`.
   *
   * @default - 30; never with autoclass
   */
  readonly rawColdAfterDays?: number;

  /**
   * Days in which no raw file can be deleted or replaced, by nobody: for those who must prove what they received. The pointer to a month's
   * current delivery lies beside the files, so that a month delivered anew is taken only after these days.
   *
   * @default - raw files may be replaced and deleted
   */
  readonly rawRetentionDays?: number;

  /**
   * Second key to retention: locks it, which can't be undone. See {@link LakeBucketProps.lockRetention}.
   *
   * @default false
   */
  readonly lockRawRetention?: boolean;
}
