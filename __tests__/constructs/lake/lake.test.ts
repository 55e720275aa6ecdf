import { Lake } from "../../../constructs/lake/lake";
import { dev, prod, resources, synth } from "../synth";

const buckets = (json: any) => Object.fromEntries(resources(json, "google_storage_bucket").map((bucket) => [bucket.name, bucket]));

describe("Lake", () => {
  test("three zones, of which clean alone never turns cold", () => {
    const made = buckets(synth((stack) => new Lake(stack, "lake", { environment: dev, rawColdAfterDays: 60 })));

    expect(Object.keys(made).sort()).toEqual(["acme-dev-lake-clean", "acme-dev-lake-quarantine", "acme-dev-lake-raw"]);
    const coldAfter = (zone: string) =>
      made[`acme-dev-lake-${zone}`].lifecycle_rule.find((rule: any) => rule.action.type === "SetStorageClass")?.condition.age;
    expect([coldAfter("raw"), coldAfter("quarantine"), coldAfter("clean")]).toEqual([60, 60, undefined]);
  });

  test("asking to destroy objects is not enough where the environment forbids it", () => {
    const forced = (environment: typeof dev) =>
      Object.values<any>(buckets(synth((stack) => new Lake(stack, "lake", { environment, destroyObjects: true })))).map(
        (bucket) => bucket.force_destroy,
      );

    expect(forced(dev)).toEqual([true, true, true]);
    expect(forced(prod)).toEqual([false, false, false]);
  });
});
