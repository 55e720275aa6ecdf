import { resolve } from "node:path";
import { loadConfigurations } from "../../../config/load";
import { composeLake } from "../../../stacks/platform/lake";
import { platformServices } from "../../../stacks/platform/services";
import { dev, only, resources, synth } from "../../constructs/synth";

const folder = resolve(__dirname, "../../fixtures/config");
const configuration = loadConfigurations({ folder, variables: {} })[0]!;
const configured = (lake: Partial<typeof configuration.lake>) => ({ ...configuration, lake: { ...configuration.lake, ...lake } });
const synthLake = (lake: Partial<typeof configuration.lake> = {}) => synth((stack) => composeLake(stack, dev, configured(lake)));

test("every setting reaches the buckets", () => {
  const json = synthLake({ autoclass: true, terminalStorageClass: "ARCHIVE", rawRetentionDays: 3, abortUploadDays: 2, softDeleteDays: 14 });
  const buckets = resources(json, "google_storage_bucket");

  expect(buckets.map(({ autoclass }) => autoclass.terminal_storage_class)).toEqual(["ARCHIVE", "ARCHIVE", "ARCHIVE"]);
  expect(buckets.map(({ retention_policy }) => retention_policy?.retention_period).filter(Boolean)).toEqual([259_200]);
  expect(buckets.map(({ lifecycle_rule }) => lifecycle_rule.at(-1).condition.age)).toEqual([2, 2, 2]);
  expect(buckets.map(({ soft_delete_policy }) => soft_delete_policy.retention_duration_seconds)).toEqual([1_209_600, 1_209_600, 1_209_600]);
});

test("new raw files are told where that is configured, and only then Pub/Sub's API is needed", () => {
  const told = synthLake({ notifyNewRawFiles: true });

  expect(synthLake().resource.google_storage_notification).toBeUndefined();
  expect(only(told, "google_storage_notification").bucket).toMatch(/lake_raw_bucket/);
  expect(only(told, "google_pubsub_topic").name).toBe("trips-lake-raw-new-objects");
  expect(platformServices(configured({ notifyNewRawFiles: true }))).toContain("pubsub.googleapis.com");
  expect(platformServices(configured({ notifyNewRawFiles: false }))).not.toContain("pubsub.googleapis.com");
});
