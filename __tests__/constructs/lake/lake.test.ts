import { Lake } from "../../../constructs/lake/lake";
import type { LakeProps } from "../../../constructs/lake/lake-props";
import { dev, prod, resources, synth } from "../synth";

const ZONES = ["clean", "quarantine", "raw"];
const lake = (props: Partial<LakeProps> = {}): any[] =>
  resources(
    synth((stack) => new Lake(stack, "lake", { environment: dev, ...props })),
    "google_storage_bucket",
  ).sort((one, other) => (one.name < other.name ? -1 : 1));
const coldAfter = (bucket: any) => bucket.lifecycle_rule.find((rule: any) => rule.action.type === "SetStorageClass")?.condition.age;

describe("Lake", () => {
  test("three zones, of which clean alone never turns cold", () => {
    const buckets = lake({ rawColdAfterDays: 60 });

    expect(buckets.map(({ name }) => name)).toEqual(ZONES.map((zone) => `acme-dev-lake-${zone}`));
    expect(buckets.map(coldAfter)).toEqual([undefined, 60, 60]);
  });

  test("autoclass is for all zones", () => {
    const buckets = lake({ autoclass: true, terminalStorageClass: "ARCHIVE" });

    expect(buckets.map(({ autoclass }) => autoclass.terminal_storage_class)).toEqual(["ARCHIVE", "ARCHIVE", "ARCHIVE"]);
    expect(buckets.map(coldAfter)).toEqual([undefined, undefined, undefined]);
  });

  test("raw files alone are retained: the other zones are written anew with their month", () => {
    const buckets = lake({ environment: prod, rawRetentionDays: 30, lockRawRetention: true });

    expect(buckets.map(({ retention_policy }) => retention_policy?.is_locked)).toEqual([undefined, undefined, true]);
    expect(buckets.map(({ versioning }) => versioning.enabled)).toEqual([true, true, false]);
  });

  test("asking to destroy objects is not enough where the environment forbids it", () => {
    const forced = (environment: typeof dev) => lake({ environment, destroyObjects: true }).map(({ force_destroy }) => force_destroy);

    expect(forced(dev)).toEqual([true, true, true]);
    expect(forced(prod)).toEqual([false, false, false]);
  });
});
