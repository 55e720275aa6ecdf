import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import { Testing } from "cdktf";
import type { Environment } from "../../../constructs/environment/environment";
import { LakeBucket } from "../../../constructs/lake/lake-bucket";
import type { LakeBucketProps } from "../../../constructs/lake/lake-bucket-props";

const dev: Environment = {
  name: "dev",
  projectId: "acme-dev",
  projectNumber: "123456789012",
  location: "europe-west1",
  labels: { env: "dev" },
  allowsDataDeletion: true,
};
const minimal: LakeBucketProps = { environment: dev, zone: "clean" };
const synth = (props: LakeBucketProps, then: (lake: LakeBucket) => void = () => {}) =>
  Testing.synthScope((stack) => then(new LakeBucket(stack, "clean", props)));
const bucketOf = (json: string) => Object.values<any>(JSON.parse(json).resource[StorageBucket.tfResourceType])[0];

describe("LakeBucket", () => {
  test("minimal: private, versioned, restorable, and warm", () => {
    const bucket = bucketOf(synth(minimal));

    expect(bucket).toMatchObject({
      name: "acme-dev-lake-clean",
      public_access_prevention: "enforced",
      uniform_bucket_level_access: true,
      versioning: { enabled: true },
      soft_delete_policy: { retention_duration_seconds: 604_800 },
      force_destroy: false,
      labels: { env: "dev", zone: "clean" },
    });
    expect(bucket.lifecycle_rule).toEqual([
      { action: { type: "Delete" }, condition: { num_newer_versions: 3, with_state: "ARCHIVED" } },
      { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: 7 } },
    ]);
    expect(Object.keys(bucket)).not.toEqual(expect.arrayContaining(["autoclass", "encryption", "retention_policy"]));
  });

  test("raw turns cold after 30 days", () => {
    expect(bucketOf(synth({ ...minimal, zone: "raw" })).lifecycle_rule).toContainEqual({
      action: { type: "SetStorageClass", storage_class: "NEARLINE" },
      condition: { age: 30 },
    });
  });

  test("grantWrite adds one member on the bucket and nothing on the project", () => {
    const json = synth(minimal, (lake) =>
      lake.grantWrite({ id: "spark", member: "serviceAccount:spark@acme-dev.iam.gserviceaccount.com" }),
    );

    expect(json).toHaveResourceWithProperties(StorageBucketIamMember, { role: "roles/storage.objectUser" });
    expect(Object.keys(JSON.parse(json).resource)).toEqual([StorageBucket.tfResourceType, StorageBucketIamMember.tfResourceType]);
  });

  test("objects are destroyed only when the environment and the caller both ask for it", () => {
    const forceDestroy = (allowsDataDeletion: boolean, destroyObjects: boolean) =>
      bucketOf(synth({ ...minimal, environment: { ...dev, allowsDataDeletion }, destroyObjects })).force_destroy;

    expect([forceDestroy(true, true), forceDestroy(true, false), forceDestroy(false, true)]).toEqual([true, false, false]);
  });

  test("a name that Cloud Storage would refuse is refused here, and the message says what to mend", () => {
    expect(() => synth({ ...minimal, environment: { ...dev, projectId: "Acme_Dev" } })).toThrow(
      /"Acme_Dev-lake-clean" breaks .* mend the project id/,
    );
  });
});
