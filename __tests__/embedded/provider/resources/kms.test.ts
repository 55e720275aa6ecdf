import * as path from "node:path";
import { temporaryFolder } from "../temporary-folder";
import { TerraformCore } from "../terraform-core";

const RING = "google_kms_key_ring";
const KEY = "google_kms_crypto_key";
const GRANT = "google_kms_crypto_key_iam_member";
const folder = temporaryFolder();
let count = 0;
const newCore = () => new TerraformCore("google", path.join(folder, String(count++)), { project: "acme-dev" });

const ringName = "projects/acme-dev/locations/europe-west1/keyRings/trips";
const data = {
  key_ring: ringName,
  name: "data",
  rotation_period: "7776000s",
  destroy_scheduled_duration: "2592000s",
  labels: { env: "dev" },
};

describe("google_kms_key_ring", () => {
  const trips = { location: "europe-west1", name: "trips" };

  test("is created in the provider's project, and another place is another ring", () => {
    const core = newCore();
    const state = core.create(RING, trips);

    expect(state).toMatchObject({ id: ringName, project: "acme-dev" });
    expect(core.plan(RING, { ...trips, location: "europe-west4" }, state)).toMatchObject({ action: "replace", replacedBy: ["location"] });
  });

  test("a name with a dot is refused", () => {
    expect(newCore().complaints(RING, { ...trips, name: "trips.dev" })).toEqual([expect.stringMatching(/"trips\.dev" must be 1 to 63/)]);
  });
});

describe("google_kms_crypto_key", () => {
  test("is created with a primary version, and planned again without a change", () => {
    expect(newCore().create(KEY, data)).toMatchObject({
      id: `${ringName}/cryptoKeys/data`,
      purpose: "ENCRYPT_DECRYPT",
      version_template: [{ algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION", protection_level: "SOFTWARE" }],
      primary: [{ name: `${ringName}/cryptoKeys/data/cryptoKeyVersions/1`, state: "ENABLED" }],
      effective_labels: { env: "dev", "goog-terraform-provisioned": "true" },
    });
  });

  test("minimal: destruction waits for 30 days", () => {
    expect(newCore().create(KEY, { key_ring: ringName, name: "data" }).destroy_scheduled_duration).toBe("2592000s");
  });

  test("rotation and labels change in place, ring and destruction replace it", () => {
    const core = newCore();
    const state = core.create(KEY, data);
    const changed = { ...data, rotation_period: "2592000s", labels: {} };

    expect(core.plan(KEY, changed, state).action).toBe("update");
    const after = core.apply(KEY, changed, state);
    expect(after).toMatchObject({ id: state.id, rotation_period: "2592000s" });
    expect(core.plan(KEY, changed, after).action).toBe("nothing");
    expect(core.plan(KEY, { ...data, key_ring: `${ringName}2` }, state)).toMatchObject({ action: "replace", replacedBy: ["key_ring"] });
    expect(core.plan(KEY, { ...data, destroy_scheduled_duration: "86400s" }, state)).toMatchObject({
      replacedBy: ["destroy_scheduled_duration"],
    });
  });

  test("a rotation of less than a day, and a ring by its short name, are refused", () => {
    expect(newCore().complaints(KEY, { ...data, key_ring: "trips", rotation_period: "3600s" })).toEqual([
      expect.stringMatching(/"trips" must be projects\//),
      expect.stringMatching(/"3600s" must be a day or more/),
    ]);
  });
});

test("a grant on a key has the real provider's id, and another key replaces it", () => {
  const core = newCore();
  const member = "serviceAccount:service-1@gs-project-accounts.iam.gserviceaccount.com";
  const grant = { crypto_key_id: `${ringName}/cryptoKeys/data`, role: "roles/cloudkms.cryptoKeyEncrypterDecrypter", member };
  const state = core.create(GRANT, grant);

  expect(state.id).toBe(`${ringName}/cryptoKeys/data/roles/cloudkms.cryptoKeyEncrypterDecrypter/${member}`);
  expect(core.plan(GRANT, { ...grant, crypto_key_id: `${ringName}/cryptoKeys/other` }, state)).toMatchObject({
    action: "replace",
    replacedBy: ["crypto_key_id"],
  });
});
