import * as path from "node:path";
import { temporaryFolder } from "../temporary-folder";
import { TerraformCore } from "../terraform-core";

const SECRET = "google_secret_manager_secret";
const GRANT = "google_secret_manager_secret_iam_member";
const folder = temporaryFolder();
let count = 0;
const newCore = () => new TerraformCore("google", path.join(folder, String(count++)), { project: "acme-dev" });

const inRegion = (location: string) => [{ user_managed: [{ replicas: [{ location }] }] }];
const weather = { secret_id: "trips-weather", replication: inRegion("europe-west1"), labels: { env: "dev" } };
const topics = [{ name: "projects/acme-dev/topics/reminders" }];

describe("google_secret_manager_secret", () => {
  test("is created, and planned again without a change", () => {
    expect(newCore().create(SECRET, weather)).toMatchObject({
      id: "projects/acme-dev/secrets/trips-weather",
      name: expect.stringMatching(/^projects\/\d{12}\/secrets\/trips-weather$/),
      deletion_protection: false,
      effective_labels: { env: "dev", "goog-terraform-provisioned": "true" },
      effective_annotations: {},
    });
    expect(newCore().create(SECRET, { ...weather, annotations: { owner: "data" } }).effective_annotations).toEqual({ owner: "data" });
  });

  test("a reminder is added in place, another location replaces it", () => {
    const core = newCore();
    const state = core.create(SECRET, weather);
    const reminded = { ...weather, topics, rotation: [{ next_rotation_time: "2030-01-31T09:00:00Z", rotation_period: "7776000s" }] };

    expect(core.plan(SECRET, reminded, state).action).toBe("update");
    const after = core.apply(SECRET, reminded, state);
    expect(after.rotation).toEqual(reminded.rotation);
    expect(core.plan(SECRET, reminded, after).action).toBe("nothing");
    expect(core.plan(SECRET, { ...weather, replication: inRegion("europe-west4") }, state)).toMatchObject({ action: "replace" });
    expect(core.plan(SECRET, { ...weather, replication: [{ auto: [{}] }] }, state)).toMatchObject({ action: "replace" });
    expect(core.plan(SECRET, { ...weather, secret_id: "other" }, state)).toMatchObject({ replacedBy: ["secret_id"] });
  });

  test("another key changes in place", () => {
    const core = newCore();
    const encrypted = (kms_key_name: string) => [{ location: "europe-west1", customer_managed_encryption: [{ kms_key_name }] }];
    const config = (kms_key_name: string) => ({ ...weather, replication: [{ user_managed: [{ replicas: encrypted(kms_key_name) }] }] });
    const state = core.create(SECRET, config("projects/p/one"));

    expect(core.plan(SECRET, config("projects/p/two"), state).action).toBe("update");
    expect(core.plan(SECRET, weather, state).action).toBe("update");
  });

  test("one that is protected isn't destroyed", () => {
    const core = newCore();
    const state = core.create(SECRET, { ...weather, deletion_protection: true });

    expect(core.destroy(SECRET, state)).toMatch(/trips-weather is protected: set deletion_protection = false and apply/);
    expect(core.read(SECRET, state)).toEqual(state);
    expect(core.destroy(SECRET, core.apply(SECRET, weather, state))).toBeUndefined();
  });

  test("two ways of replication at once, and a rotation that nobody hears of, are refused", () => {
    const both = [{ auto: [{}], user_managed: [{ replicas: [{ location: "europe-west1" }] }] }];

    expect(newCore().complaints(SECRET, { ...weather, replication: both })).toEqual([
      expect.stringMatching(/one of auto and user_managed/),
    ]);
    expect(newCore().complaints(SECRET, { ...weather, rotation: [{ rotation_period: "7776000s" }] })).toEqual([
      expect.stringMatching(/needs topics/),
    ]);
    expect(newCore().complaints(SECRET, { ...weather, topics, rotation: [{ next_rotation_time: "2030-01-31T09:00:00Z" }] })).toEqual([
      expect.stringMatching(/next_rotation_time needs rotation_period/),
    ]);
  });
});

test("a grant on a secret has the real provider's id, and another secret replaces it", () => {
  const core = newCore();
  const grant = { secret_id: "trips-weather", role: "roles/secretmanager.secretAccessor", member: "user:ada@example.com" };
  const state = core.create(GRANT, grant);

  expect(state).toMatchObject({
    id: "projects/acme-dev/secrets/trips-weather/roles/secretmanager.secretAccessor/user:ada@example.com",
    project: "acme-dev",
  });
  expect(core.plan(GRANT, { ...grant, secret_id: "other" }, state)).toMatchObject({ action: "replace", replacedBy: ["secret_id"] });
});
