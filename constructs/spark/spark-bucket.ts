import { StorageBucket, type StorageBucketLifecycleRule } from "@cdktf/provider-google/lib/storage-bucket";
import type { Construct } from "constructs";
import type { SparkArtifactsProps } from "./spark-artifacts-props";

const SECONDS_PER_DAY = 86_400;

/**
 * One of Spark's buckets, `<project>-<suffix>`: private, with versions.
 *
 * @throws Error when its name would break Cloud Storage's rules.
 */
export function sparkBucket(
  scope: Construct,
  id: string,
  { environment, encryptionKey, destroyObjects = false }: SparkArtifactsProps,
  suffix: string,
  softDeleteDays: number,
  rules: readonly StorageBucketLifecycleRule[],
): StorageBucket {
  return new StorageBucket(scope, id, {
    name: bucketName(environment.projectId, suffix),
    location: environment.location,
    uniformBucketLevelAccess: true,
    publicAccessPrevention: "enforced",
    versioning: { enabled: true },
    softDeletePolicy: { retentionDurationSeconds: softDeleteDays * SECONDS_PER_DAY },
    lifecycleRule: [...rules, { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: 7 } }],
    encryption: encryptionKey && { defaultKmsKeyName: encryptionKey.name },
    forceDestroy: destroyObjects && environment.allowsDataDeletion,
    labels: { ...environment.labels },
    dependsOn: encryptionKey && [encryptionKey.grantService("storage")],
  });
}

function bucketName(projectId: string, suffix: string): string {
  const name = `${projectId}-${suffix}`;
  if (/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name)) return name;
  throw new Error(
    `Spark's bucket name "${name}" breaks Cloud Storage's rules (3 to 63 of a-z, 0-9 and dashes): mend the project id "${projectId}".`,
  );
}
