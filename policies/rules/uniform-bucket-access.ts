import { isReference } from "../resource-view";
import { resourceRule } from "../rule";

/** Access to objects comes from the bucket's IAM alone. */
export const uniformBucketAccess = resourceRule({
  id: "uniform-bucket-access",
  severity: "error",
  reason: "Access lists on single objects stay out of sight of IAM, of audits and of organisation policies.",
  mend: "Set uniform_bucket_level_access to true.",
  reads: { google_storage_bucket: ["uniform_bucket_level_access"] },
  check: (bucket) => {
    const set = bucket.value("uniform_bucket_level_access");
    return set === true || isReference(set) ? [] : ["uniform_bucket_level_access isn't true"];
  },
});
