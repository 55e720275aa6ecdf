import type { StorageBucketLifecycleRule } from "@cdktf/provider-google/lib/storage-bucket";
import type { LakeBucketProps } from "./lake-bucket-props";
import { coldAfterDays } from "./lake-zone";

/** With the current one. */
const VERSIONS_KEPT = 3;

/** What Cloud Storage does with objects by itself: forget old versions and unfinished uploads, and cool down what has aged. */
export function lifeCycle({
  zone,
  autoclass = false,
  retentionDays,
  abortUploadDays = 7,
  ...props
}: LakeBucketProps): StorageBucketLifecycleRule[] {
  const cold = autoclass ? undefined : (props.coldAfterDays ?? coldAfterDays[zone]);
  const rules: (StorageBucketLifecycleRule | false)[] = [
    retentionDays === undefined && { action: { type: "Delete" }, condition: { numNewerVersions: VERSIONS_KEPT, withState: "ARCHIVED" } },
    cold !== undefined && { action: { type: "SetStorageClass", storageClass: "NEARLINE" }, condition: { age: cold } },
    { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: abortUploadDays } },
  ];
  return rules.filter((rule) => rule !== false);
}
