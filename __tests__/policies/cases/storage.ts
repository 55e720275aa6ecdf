import { StorageBucket, type StorageBucketConfig } from "@cdktf/provider-google/lib/storage-bucket";
import { StorageBucketAcl } from "@cdktf/provider-google/lib/storage-bucket-acl";
import { StorageBucketIamBinding } from "@cdktf/provider-google/lib/storage-bucket-iam-binding";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import { TerraformVariable, type TerraformStack } from "cdktf";
import { fires, quiet, type Cases } from "./case";

const bucket = (config: Partial<StorageBucketConfig>) => (stack: TerraformStack) =>
  new StorageBucket(stack, "bucket", { name: "acme-lake", location: "europe-west1", ...config });
const member = (who: string) => (stack: TerraformStack) =>
  new StorageBucketIamMember(stack, "member", { bucket: "acme-lake", role: "roles/storage.objectViewer", member: who });

export const storage: Cases = {
  "public-access": {
    "everybody may read": fires('member is "allUsers"', member("allUsers")),
    "everybody with an account may read": fires('member is "allAuthenticatedUsers"', member("allAuthenticatedUsers")),
    "everybody among others": fires(
      'members is "allUsers"',
      (stack) =>
        new StorageBucketIamBinding(stack, "b", {
          bucket: "acme-lake",
          role: "roles/storage.objectViewer",
          members: ["user:a@b.c", "allUsers"],
        }),
    ),
    "an access list for everybody": fires(
      'role_entity is "READER:allUsers"',
      (stack) => new StorageBucketAcl(stack, "acl", { bucket: "acme-lake", roleEntity: ["READER:allUsers"] }),
    ),
    "a ready-made public list": fires(
      'predefined_acl is "publicRead"',
      (stack) => new StorageBucketAcl(stack, "acl", { bucket: "acme-lake", predefinedAcl: "publicRead" }),
    ),
    "a ready-made private list": quiet((stack) => new StorageBucketAcl(stack, "acl", { bucket: "acme-lake", predefinedAcl: "private" })),
    "a group": quiet(member("group:analysts@example.com")),
    "a bucket with a telling name": quiet(bucket({ labels: { purpose: "for-allusers" } })),
  },
  "public-access-prevention": {
    inherited: fires('public_access_prevention isn\'t "enforced"', bucket({ publicAccessPrevention: "inherited" })),
    missing: fires("enforced", bucket({})),
    enforced: quiet(bucket({ publicAccessPrevention: "enforced" })),
    "known later": quiet((stack) => bucket({ publicAccessPrevention: new TerraformVariable(stack, "v", {}).stringValue })(stack)),
  },
  "uniform-bucket-access": {
    missing: fires("uniform_bucket_level_access isn't true", bucket({})),
    "switched off": fires("isn't true", bucket({ uniformBucketLevelAccess: false })),
    "switched on": quiet(bucket({ uniformBucketLevelAccess: true })),
  },
  "bucket-versioning": {
    "neither versions nor retention": fires("neither versioning nor retention", bucket({})),
    "versions switched off": fires("neither versioning nor retention", bucket({ versioning: { enabled: false } })),
    versions: quiet(bucket({ versioning: { enabled: true } })),
    retention: quiet(bucket({ retentionPolicy: { retentionPeriod: 86_400 } })),
  },
};
