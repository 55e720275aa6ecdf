import * as fs from "node:fs";
import * as path from "node:path";
import { temporaryFolder } from "../temporary-folder";
import { TerraformCore } from "../terraform-core";

const BUCKET = "google_storage_bucket";
const folder = temporaryFolder();
let count = 0;
const newCore = () => new TerraformCore("google", path.join(folder, String(count++)), { project: "acme-dev" });
const complaints = (config: object) => newCore().complaints(BUCKET, { ...plain, ...config });

const KEY = "projects/acme-dev/locations/europe-west1/keyRings/trips/cryptoKeys/data";
const plain = { name: "acme-dev-lake-raw", location: "europe-west1" };
const WEEK = 604_800;

describe("autoclass", () => {
  const autoclass = [{ enabled: true }];

  test("its terminal class is filled in, and can be changed in place", () => {
    const core = newCore();
    const state = core.create(BUCKET, { ...plain, autoclass });
    const archived = { ...plain, autoclass: [{ enabled: true, terminal_storage_class: "ARCHIVE" }] };

    expect(state.autoclass).toEqual([{ enabled: true, terminal_storage_class: "NEARLINE" }]);
    expect(core.plan(BUCKET, archived, state).action).toBe("update");
    expect(core.apply(BUCKET, archived, state).autoclass).toEqual(archived.autoclass);
  });

  test("switched off means the same as left out", () => {
    const core = newCore();
    const off = { ...plain, autoclass: [{ enabled: false }] };

    expect(core.plan(BUCKET, off, core.create(BUCKET, plain)).action).toBe("nothing");
    expect(core.plan(BUCKET, off, core.create(BUCKET, { ...plain, autoclass })).action).toBe("update");
  });

  test("classes of one's own beside it are refused", () => {
    const lifecycle_rule = [{ action: [{ type: "SetStorageClass", storage_class: "NEARLINE" }], condition: [{ age: 30 }] }];

    expect(complaints({ autoclass, lifecycle_rule })).toEqual([expect.stringMatching(/leave out lifecycle rules with SetStorageClass/)]);
    expect(complaints({ autoclass, storage_class: "COLDLINE" })).toEqual([expect.stringMatching(/must be STANDARD, not "COLDLINE"/)]);
    expect(complaints({ autoclass: [{ enabled: true, terminal_storage_class: "COLDLINE" }] })).toHaveLength(1);
    expect(complaints({ autoclass: [{ enabled: false }], lifecycle_rule })).toEqual([]);
  });
});

describe("retention_policy", () => {
  const retained = { ...plain, retention_policy: [{ retention_period: WEEK }] };
  const locked = { ...plain, retention_policy: [{ retention_period: WEEK, is_locked: true }] };

  test("is unlocked unless asked; its period, its lock and its end are changes in place", () => {
    const core = newCore();
    const state = core.create(BUCKET, retained);

    expect(state.retention_policy).toEqual([{ retention_period: WEEK, is_locked: false }]);
    expect(core.plan(BUCKET, { ...plain, retention_policy: [{ retention_period: 2 * WEEK }] }, state).action).toBe("update");
    expect(core.plan(BUCKET, locked, state).action).toBe("update");
    expect(core.plan(BUCKET, plain, state).action).toBe("update");
  });

  test("only a new bucket is without a lock", () => {
    const core = newCore();
    const state = core.create(BUCKET, locked);

    for (const config of [retained, plain]) {
      expect(core.plan(BUCKET, config, state)).toMatchObject({ action: "replace", replacedBy: ["retention_policy"] });
    }
  });

  test("a bucket with objects that are too young isn't destroyed, force_destroy or not", () => {
    const core = newCore();
    const state = core.create(BUCKET, { ...retained, force_destroy: true });
    const file = path.join(core.paths.bucket(plain.name), "yellow", "trips.csv");
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, "");

    expect(core.destroy(BUCKET, state)).toMatch(
      /yellow\/trips\.csv for one\) that have not met the retention period .* take retention_policy away/,
    );

    const old = Date.now() / 1000 - WEEK - 60;
    fs.utimesSync(file, old, old);
    expect(core.destroy(BUCKET, state)).toBeUndefined();
  });

  test("versions beside it and no period at all are refused", () => {
    expect(complaints({ ...retained, versioning: [{ enabled: true }] })).toEqual([expect.stringMatching(/exclude each other/)]);
    expect(complaints({ ...retained, versioning: [{ enabled: false }] })).toEqual([]);
    expect(complaints({ retention_policy: [{ retention_period: 0 }] })).toEqual([expect.stringMatching(/in the range \(1 - 2147483647\)/)]);
  });
});

describe("encryption, logging and soft delete", () => {
  test("a key is changed in place", () => {
    const core = newCore();
    const encrypted = (key: string) => ({ ...plain, encryption: [{ default_kms_key_name: key }] });
    const state = core.create(BUCKET, encrypted(KEY));

    expect(core.plan(BUCKET, encrypted(`${KEY}2`), state).action).toBe("update");
    expect(core.plan(BUCKET, plain, state).action).toBe("update");
  });

  test("a key of another region is refused", () => {
    const encryption = [{ default_kms_key_name: KEY.replace("europe-west1", "europe-west4") }];

    expect(complaints({ encryption })).toEqual([expect.stringMatching(/key lies in europe-west4, the bucket in europe-west1/)]);
    expect(complaints({ encryption: [{ default_kms_key_name: KEY }] })).toEqual([]);
  });

  test("logs are named after the bucket unless something else is asked", () => {
    const state = newCore().create(BUCKET, { ...plain, logging: [{ log_bucket: "acme-dev-logs" }] });

    expect(state.logging).toEqual([{ log_bucket: "acme-dev-logs", log_object_prefix: "acme-dev-lake-raw" }]);
  });

  test("soft delete keeps 7 to 90 days, or none", () => {
    const kept = (days: number) => complaints({ soft_delete_policy: [{ retention_duration_seconds: days * 86_400 }] }).length;

    expect([0, 6, 7, 90, 91].map(kept)).toEqual([0, 1, 0, 0, 1]);
  });
});
