import { resourceRule } from "../rule";

/** Objects that are overwritten can be had back. */
export const bucketVersioning = resourceRule({
  id: "bucket-versioning",
  severity: "error",
  reason: "An object that a faulty job overwrites is gone.",
  mend: "Set versioning.enabled to true with a lifecycle rule that deletes old versions, or a retention_policy.",
  reads: { google_storage_bucket: ["versioning.enabled", "retention_policy"] },
  check: (bucket) =>
    (bucket.has("versioning.enabled") && bucket.value("versioning.enabled") !== false) || bucket.has("retention_policy")
      ? []
      : ["neither versioning nor retention keeps what is overwritten"],
});
