import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { WorkloadIdentity } from "../identity/workload-identity";
import type { ImageBuilderProps } from "./image-builder-props";

/**
 * What Cloud Build needs to build images for people without Docker: an account that may push and write its log, nothing else, and a bucket in which
 * a source lies for a day. Without one of its own a build runs as the project's default account.
 *
 * ### Cost
 * None of its own; Cloud Build takes 0.006 USD a minute above the first 2,500 of a billing account and month (2026-07, of medium certainty).
 *
 * @see https://cloud.google.com/build/docs/securing-builds/configure-user-specified-service-accounts
 */
export class ImageBuilder extends Construct {
  /** As whom builds run. */
  public readonly identity: WorkloadIdentity;

  /** Where sources are uploaded to: `<project>-image-sources`. */
  public readonly sources: StorageBucket;

  /** By which the account reads sources, pushes images and writes its log. */
  public readonly grants: readonly TerraformResource[];

  constructor(scope: Construct, id: string, { environment, repository, encryptionKey, destroySources = false }: ImageBuilderProps) {
    super(scope, id);
    const { projectId, location, labels, allowsDataDeletion } = environment;
    this.identity = new WorkloadIdentity(this, "identity", {
      environment,
      workload: "image",
      description: "Builds images in Cloud Build.",
    });
    this.sources = new StorageBucket(this, "sources", {
      name: `${projectId}-image-sources`,
      location,
      storageClass: "STANDARD",
      uniformBucketLevelAccess: true,
      publicAccessPrevention: "enforced",
      // A source that is uploaded again while its build runs leaves the one that is being read alone.
      versioning: { enabled: true },
      softDeletePolicy: { retentionDurationSeconds: 0 },
      lifecycleRule: [
        { action: { type: "Delete" }, condition: { age: 1 } },
        { action: { type: "Delete" }, condition: { daysSinceNoncurrentTime: 1, withState: "ARCHIVED" } },
      ],
      encryption: encryptionKey && { defaultKmsKeyName: encryptionKey.name },
      forceDestroy: destroySources && allowsDataDeletion,
      labels: { ...labels },
      dependsOn: encryptionKey && [encryptionKey.grantService("storage")],
    });
    this.grants = [
      repository.grantWrite(this.identity),
      new StorageBucketIamMember(this, "read", {
        bucket: this.sources.name,
        role: "roles/storage.objectViewer",
        member: this.identity.member,
      }),
      this.identity.grantProjectRole("roles/logging.logWriter"),
    ];
  }
}
