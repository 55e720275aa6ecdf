import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { StorageBucketObject } from "@cdktf/provider-google/lib/storage-bucket-object";
import { TerraformStack, Testing } from "cdktf";
import type { ResourceView } from "../../policies/resource-view";
import { StackView } from "../../policies/stack-view";

const bucketIn = (stack: TerraformStack) =>
  new StorageBucket(stack, "bucket", {
    name: "acme-lake",
    location: "EU",
    lifecycleRule: [
      { action: { type: "Delete" }, condition: { age: 7 } },
      { action: { type: "SetStorageClass", storageClass: "NEARLINE" }, condition: { age: 30 } },
    ],
    versioning: { enabled: false },
    logging: { logBucket: "${var.logs}" },
  });

function onlyOneIn(stack: TerraformStack): ResourceView {
  const { resources } = new StackView(stack);
  expect(resources).toHaveLength(1);
  return resources[0]!;
}

describe("a resource as Terraform will read it", () => {
  test("has values at dotted paths, through blocks and lists of blocks", () => {
    const bucket = onlyOneIn(bucketIn(new TerraformStack(Testing.app(), "test")).cdktfStack);

    expect(bucket.values("lifecycle_rule.condition.age")).toEqual([7, 30]);
    expect(bucket.texts("lifecycle_rule.action.storage_class")).toEqual(["NEARLINE"]);
    expect(bucket.texts("lifecycle_rule.condition.age")).toEqual([]);
    expect(bucket.blocks("lifecycle_rule.condition")).toEqual([{ age: 7 }, { age: 30 }]);
    expect(bucket.blocks("location")).toEqual([]);
    expect(bucket.value("versioning.enabled")).toBe(false);
    expect([bucket.has("versioning"), bucket.has("versioning.enabled"), bucket.has("retention_policy")]).toEqual([true, true, false]);
    expect([bucket.type, bucket.path]).toEqual(["google_storage_bucket", "test/bucket"]);
  });

  test("includes escape hatches", () => {
    const bucket = bucketIn(new TerraformStack(Testing.app(), "test"));
    bucket.addOverride("force_destroy", true);
    bucket.addOverride("versioning", [{ enabled: true }]);

    const view = onlyOneIn(bucket.cdktfStack);

    expect([view.value("force_destroy"), view.value("versioning.enabled")]).toEqual([true, true]);
  });

  test("includes overrides of its stack", () => {
    const { cdktfStack: stack } = bucketIn(new TerraformStack(Testing.app(), "test"));
    stack.addOverride("resource.google_storage_bucket.bucket.force_destroy", true);

    expect(onlyOneIn(stack).value("force_destroy")).toBe(true);
  });
});

describe("a stack as Terraform will read it", () => {
  test("knows which of its resources a value refers to", () => {
    const stack = new TerraformStack(Testing.app(), "test");
    const bucket = bucketIn(stack);
    new StorageBucketObject(stack, "object", { bucket: bucket.name, name: "a", content: "b" });

    const view = new StackView(stack);
    const [object] = view.ofType("google_storage_bucket_object");

    expect(view.referredBy(object!.value("bucket"))?.construct).toBe(bucket);
    expect(view.referredBy("acme-lake")).toBeUndefined();
  });

  test("can be read before the app is synthesised, references to other stacks included", () => {
    const app = Testing.app();
    const bucket = bucketIn(new TerraformStack(app, "one"));
    const two = new TerraformStack(app, "two");
    new StorageBucketObject(two, "object", { bucket: bucket.name, name: "a", content: "b" });

    expect(new StackView(two).resources.map((resource) => resource.value("bucket"))).toEqual([expect.stringMatching(/^\$\{.*\}$/)]);
  });

  test("has resources that only an override of it makes", () => {
    const stack = new TerraformStack(Testing.app(), "test");
    stack.addOverride("resource.google_storage_bucket.late", { name: "acme-late" });

    const view = onlyOneIn(stack);

    expect([view.type, view.path, view.construct, view.value("name")]).toEqual(["google_storage_bucket", "test/late", stack, "acme-late"]);
  });

  test("has a moved resource at its new address only", () => {
    const stack = new TerraformStack(Testing.app(), "test");
    bucketIn(stack).addMoveTarget("lake");
    new StorageBucket(stack, "old", { name: "acme-lake", location: "EU" }).moveTo("lake");

    expect(onlyOneIn(stack).id).toBe("bucket");
  });

  test("knows the labels that its providers put on everything", () => {
    const stack = new TerraformStack(Testing.app(), "test");
    expect(new StackView(stack).defaultLabels()).toEqual([]);

    new GoogleProvider(stack, "google", { defaultLabels: { team: "web" } });
    expect(new StackView(stack).defaultLabels()).toEqual(["team"]);
  });
});
