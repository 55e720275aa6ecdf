import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { temporaryFolder } from "../temporary-folder";
import { TerraformCore } from "../terraform-core";

const BUCKET = "google_storage_bucket";
const OBJECT = "google_storage_bucket_object";
const folder = temporaryFolder();
let count = 0;
const newCore = () => new TerraformCore("google", path.join(folder, String(count++)), { project: "acme-dev" });

const raw = {
  name: "acme-dev-lake-raw",
  location: "europe-west1",
  uniform_bucket_level_access: true,
  public_access_prevention: "enforced",
  versioning: [{ enabled: true }],
  soft_delete_policy: [{ retention_duration_seconds: 604_800 }],
  lifecycle_rule: [
    { action: [{ type: "Delete" }], condition: [{ num_newer_versions: 3, with_state: "ARCHIVED" }] },
    { action: [{ type: "SetStorageClass", storage_class: "NEARLINE" }], condition: [{ age: 30 }] },
  ],
  labels: { env: "dev" },
};

describe("google_storage_bucket", () => {
  test("is created as Cloud Storage would, and planned again without a change", () => {
    const state = newCore().create(BUCKET, raw);

    expect(state).toMatchObject({
      id: "acme-dev-lake-raw",
      project: "acme-dev",
      location: "EUROPE-WEST1",
      url: "gs://acme-dev-lake-raw",
      self_link: "https://www.googleapis.com/storage/v1/b/acme-dev-lake-raw",
      storage_class: "STANDARD",
      force_destroy: false,
      effective_labels: { env: "dev", "goog-terraform-provisioned": "true" },
    });
  });

  test("minimal: what isn't configured is filled in", () => {
    const state = newCore().create(BUCKET, { name: "acme-dev-minimal", location: "EU" });

    expect(state).toMatchObject({ public_access_prevention: "inherited", uniform_bucket_level_access: false, versioning: [] });
    expect(state.soft_delete_policy).toMatchObject([{ retention_duration_seconds: 604_800 }]);
  });

  test("labels and life cycle change in place", () => {
    const core = newCore();
    const before = core.create(BUCKET, raw);
    const changed = { ...raw, labels: { env: "dev", zone: "raw" }, lifecycle_rule: raw.lifecycle_rule.slice(0, 1) };

    expect(core.plan(BUCKET, changed, before).action).toBe("update");
    const after = core.apply(BUCKET, changed, before);
    expect(after).toMatchObject({ id: before.id, terraform_labels: { env: "dev", zone: "raw", "goog-terraform-provisioned": "true" } });
    expect(after.lifecycle_rule).toHaveLength(1);
    expect(core.plan(BUCKET, changed, after).action).toBe("nothing");
  });

  test("name and location replace it; the case of a location doesn't", () => {
    const core = newCore();
    const state = core.create(BUCKET, raw);

    expect(core.plan(BUCKET, { ...raw, name: "acme-dev-other" }, state)).toMatchObject({ action: "replace", replacedBy: ["name"] });
    expect(core.plan(BUCKET, { ...raw, location: "europe-west4" }, state)).toMatchObject({ action: "replace", replacedBy: ["location"] });
    expect(core.plan(BUCKET, { ...raw, location: "EUROPE-west1" }, state).action).toBe("nothing");
  });

  test("drift is read and healed", () => {
    const core = newCore();
    const state = core.create(BUCKET, raw);
    const catalog = core.catalog;
    catalog.put(BUCKET, { ...catalog.get(BUCKET, "acme-dev-lake-raw")!, labels: { env: "prod" } } as { id: string });

    const drifted = core.read(BUCKET, state);
    expect(drifted).toMatchObject({ labels: { env: "prod" } });
    expect(core.plan(BUCKET, raw, drifted).action).toBe("update");
    expect(core.apply(BUCKET, raw, drifted)).toMatchObject({ labels: { env: "dev" } });
  });

  test("one that is gone is planned anew", () => {
    const core = newCore();
    const state = core.create(BUCKET, raw);
    core.catalog.delete(BUCKET, "acme-dev-lake-raw");

    expect(core.read(BUCKET, state)).toBeNull();
  });

  test("a creation that was killed before the state was written can be repeated", () => {
    const core = newCore();
    core.create(BUCKET, raw);

    expect(core.create(BUCKET, raw)).toMatchObject({ id: "acme-dev-lake-raw" });
  });

  test("a bucket with files in the lake goes only with force_destroy, and its files with it", () => {
    const core = newCore();
    const state = core.create(BUCKET, raw);
    const file = path.join(core.paths.bucket("acme-dev-lake-raw"), "yellow", "2019-01", "trips.csv");
    fs.mkdirSync(path.dirname(file), { recursive: true });

    expect(core.destroy(BUCKET, core.create(BUCKET, { ...raw, name: "empty-folders-only" }))).toBeUndefined();
    fs.writeFileSync(file, "");
    expect(core.destroy(BUCKET, state)).toMatch(
      /acme-dev-lake-raw holds objects \(yellow\/2019-01\/trips\.csv .* set force_destroy = true/,
    );
    expect(core.read(BUCKET, state)).toEqual(state);

    const forced = core.apply(BUCKET, { ...raw, force_destroy: true }, state);
    expect(core.destroy(BUCKET, forced)).toBeUndefined();
    expect(fs.existsSync(core.paths.bucket("acme-dev-lake-raw"))).toBe(false);
  });

  test("a bucket with objects of the catalogue goes only with force_destroy, and they with it", () => {
    const core = newCore();
    const state = core.create(BUCKET, raw);
    const object = core.create(OBJECT, { bucket: "acme-dev-lake-raw", name: "a.txt", content: "a" });

    expect(core.destroy(BUCKET, state)).toMatch(/a\.txt/);
    expect(core.destroy(BUCKET, { ...state, force_destroy: true })).toBeUndefined();
    expect(core.read(OBJECT, object)).toBeNull();
  });

  test("a name that Cloud Storage would refuse is refused", () => {
    expect(newCore().complaints(BUCKET, { ...raw, name: "Acme_Dev" })).toEqual([
      expect.stringMatching(/^Invalid name: "Acme_Dev" must be 3 to 63/),
    ]);
  });
});

describe("google_storage_bucket_object", () => {
  const config = { bucket: "acme-dev-lake-raw", name: "config/rules.json", content: "{}" };

  test("is created with its content beside it", () => {
    const core = newCore();
    const state = core.create(OBJECT, config);

    expect(state).toMatchObject({
      id: "acme-dev-lake-raw-config/rules.json",
      md5hash: createHash("md5").update("{}").digest("base64"),
      content_type: "text/plain; charset=utf-8",
      output_name: "config/rules.json",
    });
    const file = core.catalog.contentFile(OBJECT, String(state.id));
    expect(fs.readFileSync(file, "utf8")).toBe("{}");
  });

  test("new content changes it in place, hash and bytes", () => {
    const core = newCore();
    const state = core.create(OBJECT, config);
    const changed = { ...config, content: "[]" };

    expect(core.plan(OBJECT, changed, state).action).toBe("update");
    const after = core.apply(OBJECT, changed, state);
    expect(after.md5hash).toBe(createHash("md5").update("[]").digest("base64"));
    expect(core.plan(OBJECT, changed, after).action).toBe("nothing");
    expect(fs.readFileSync(core.catalog.contentFile(OBJECT, String(state.id)), "utf8")).toBe("[]");
  });

  test("a source file is copied; editing it is a change, another path a replacement", () => {
    const core = newCore();
    const source = path.join(folder, "empty.parquet");
    fs.writeFileSync(source, Buffer.from([0x50, 0xff, 0x00]));
    const bySource = { bucket: config.bucket, name: "clean/empty.parquet", source };
    const state = core.create(OBJECT, bySource);
    expect(fs.readFileSync(core.catalog.contentFile(OBJECT, String(state.id)))).toEqual(fs.readFileSync(source));

    fs.writeFileSync(source, "other bytes");
    expect(core.plan(OBJECT, bySource, state).action).toBe("update");
    expect(core.plan(OBJECT, { ...bySource, source: `${source}.2` }, state)).toMatchObject({ action: "replace", replacedBy: ["source"] });
  });

  test("a missing source file is named", () => {
    const core = newCore();
    const planned = core.plan(OBJECT, { bucket: config.bucket, name: "a", source: "/no/such/file" });

    expect(planned.action).toBe("create");
    expect(() => core.apply(OBJECT, { bucket: config.bucket, name: "a", source: "/no/such/file" })).toThrow(/The file \/no\/such\/file/);
  });

  test("its name replaces it, and destroying it removes its bytes", () => {
    const core = newCore();
    const state = core.create(OBJECT, config);

    expect(core.plan(OBJECT, { ...config, name: "b.json" }, state)).toMatchObject({ action: "replace", replacedBy: ["name"] });
    expect(core.destroy(OBJECT, state)).toBeUndefined();
    expect(fs.existsSync(core.catalog.contentFile(OBJECT, String(state.id)))).toBe(false);
  });

  test("needs one of content and source", () => {
    expect(newCore().complaints(OBJECT, { bucket: "b", name: "n" })).toHaveLength(1);
    expect(newCore().complaints(OBJECT, { ...config, source: "file" })).toHaveLength(1);
  });
});
