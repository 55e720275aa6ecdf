import { AirflowBucket } from "../../../constructs/orchestration/airflow-bucket";
import { BucketText } from "../../../constructs/orchestration/bucket-text";
import { dev, only, synth } from "../synth";

const made = (name: string, contentType?: string) =>
  synth((stack) => {
    const bucket = new AirflowBucket(stack, "bucket", { environment: dev });
    new BucketText(stack, "text", { bucket, name, text: JSON.stringify({ bucket: bucket.bucket.url }), contentType });
  });

describe("BucketText", () => {
  test("an object whose text refers to what is deployed", () => {
    expect(only(made("data/settings.json", "application/json"), "google_storage_bucket_object")).toEqual({
      bucket: expect.stringMatching(/^\$\{google_storage_bucket\.\w+\.name\}$/),
      name: "data/settings.json",
      content: expect.stringMatching(/^\{"bucket":"\$\{google_storage_bucket\.\w+\.url\}"\}$/),
      content_type: "application/json",
    });
    expect(only(made("note"), "google_storage_bucket_object").content_type).toBe("text/plain; charset=utf-8");
  });

  test("a name with a slash at its beginning is refused", () => {
    expect(() => made("/data/settings.json")).toThrow(/leave out the slash/);
  });
});
