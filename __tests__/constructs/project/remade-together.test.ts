import { StorageBucketObject } from "@cdktf/provider-google/lib/storage-bucket-object";
import { Aspects } from "cdktf";
import { LakeBucket } from "../../../constructs/lake/lake-bucket";
import { RemadeTogether } from "../../../constructs/project/remade-together";
import { dev, only, synth } from "../synth";

const json = synth((stack) => {
  const raw = new LakeBucket(stack, "raw", { environment: dev, zone: "raw" });
  raw.grantRead({ id: "spark", member: "serviceAccount:spark@acme-dev.iam.gserviceaccount.com" });
  new StorageBucketObject(stack, "elsewhere", { bucket: "somebody-elses", name: "a", content: "a" });
  Aspects.of(stack).add(new RemadeTogether());
});

test("a grant goes with its bucket: it is made again when the bucket is replaced", () => {
  const [id] = Object.keys(json.resource.google_storage_bucket);

  expect(only(json, "google_storage_bucket_iam_member").lifecycle).toEqual({
    replace_triggered_by: [`google_storage_bucket.${String(id)}.id`],
  });
});

test("what is in nothing of this stack's, or in nothing, is left alone", () => {
  expect(only(json, "google_storage_bucket_object").lifecycle).toBeUndefined();
  expect(only(json, "google_storage_bucket").lifecycle?.replace_triggered_by).toBeUndefined();
});
