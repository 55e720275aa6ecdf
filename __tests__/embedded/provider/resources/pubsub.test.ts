import * as path from "node:path";
import { temporaryFolder } from "../temporary-folder";
import { TerraformCore } from "../terraform-core";

const TOPIC = "google_pubsub_topic";
const GRANT = "google_pubsub_topic_iam_member";
const NOTIFICATION = "google_storage_notification";
const folder = temporaryFolder();
let count = 0;
const newCore = () => new TerraformCore("google", path.join(folder, String(count++)), { project: "acme-dev" });

const KEY = "projects/acme-dev/locations/europe-west1/keyRings/trips/cryptoKeys/data";
const topic = {
  name: "trips-lake-raw-new-objects",
  kms_key_name: KEY,
  message_storage_policy: [{ allowed_persistence_regions: ["europe-west1"] }],
  labels: { environment: "dev" },
};
const PATH = "projects/acme-dev/topics/trips-lake-raw-new-objects";

describe(TOPIC, () => {
  test("is created as Pub/Sub would, and planned again without a change", () => {
    expect(newCore().create(TOPIC, topic)).toMatchObject({
      id: PATH,
      name: "trips-lake-raw-new-objects",
      project: "acme-dev",
      kms_key_name: KEY,
      effective_labels: { environment: "dev", "goog-terraform-provisioned": "true" },
    });
  });

  test("minimal: without a policy messages may lie anywhere", () => {
    expect(newCore().create(TOPIC, { name: "trips" }).message_storage_policy).toEqual([]);
  });

  test("its key, regions and labels change in place, its name replaces it", () => {
    const core = newCore();
    const state = core.create(TOPIC, topic);
    const changed = { ...topic, kms_key_name: `${KEY}2`, labels: { environment: "dev", zone: "raw" } };

    expect(core.plan(TOPIC, changed, state).action).toBe("update");
    expect(core.plan(TOPIC, changed, core.apply(TOPIC, changed, state)).action).toBe("nothing");
    expect(core.plan(TOPIC, { ...topic, name: "trips-other" }, state)).toMatchObject({ action: "replace", replacedBy: ["name"] });
    expect(core.destroy(TOPIC, state)).toBeUndefined();
    expect(core.read(TOPIC, state)).toBeNull();
  });

  test("drift is read and healed", () => {
    const core = newCore();
    const state = core.create(TOPIC, topic);
    core.catalog.put(TOPIC, { ...core.catalog.get(TOPIC, PATH)!, kms_key_name: null } as { id: string });

    expect(core.plan(TOPIC, topic, core.read(TOPIC, state))).toMatchObject({ action: "update", state: { kms_key_name: KEY } });
  });

  test("what Pub/Sub would refuse is refused", () => {
    const complaints = (change: object) => newCore().complaints(TOPIC, { ...topic, ...change });

    expect(complaints({ name: "google-news" })).toEqual([expect.stringMatching(/but not with goog/)]);
    expect(complaints({ kms_key_name: "data" })).toEqual([expect.stringMatching(/a key like projects/)]);
    expect(complaints({ message_retention_duration: "1 day" })).toEqual([expect.stringMatching(/seconds like 86400s/)]);
    expect(complaints({ message_storage_policy: [{ allowed_persistence_regions: [] }] })).toEqual([
      expect.stringMatching(/no region at all/),
    ]);
    expect(complaints({})).toEqual([]);
  });
});

describe(GRANT, () => {
  const grant = {
    topic: topic.name,
    role: "roles/pubsub.publisher",
    member: "serviceAccount:s@gs-project-accounts.iam.gserviceaccount.com",
  };

  test("is created under the topic's path, which means the same as its name", () => {
    const core = newCore();
    const state = core.create(GRANT, grant);

    expect(state).toMatchObject({ id: `${PATH}/${grant.role}/${grant.member}`, topic: PATH, project: "acme-dev" });
    expect(core.plan(GRANT, { ...grant, topic: PATH }, state).action).toBe("nothing");
    expect(core.plan(GRANT, { ...grant, topic: "trips-other" }, state)).toMatchObject({ action: "replace", replacedBy: ["topic"] });
  });
});

describe(NOTIFICATION, () => {
  const notification = {
    bucket: "acme-dev-lake-raw",
    topic: PATH,
    payload_format: "JSON_API_V1",
    event_types: ["OBJECT_FINALIZE"],
    object_name_prefix: "yellow/",
  };

  test("is created with a number of its own, and knows its topic by the full name", () => {
    const core = newCore();
    const state = core.create(NOTIFICATION, notification);

    expect(state).toMatchObject({
      id: `acme-dev-lake-raw/notificationConfigs/${String(state.notification_id)}`,
      notification_id: expect.stringMatching(/^\d+$/),
      topic: `//pubsub.googleapis.com/${PATH}`,
    });
    expect(core.plan(NOTIFICATION, { ...notification, topic: topic.name }, state).action).toBe("nothing");
    expect(core.create(NOTIFICATION, { ...notification, object_name_prefix: "green/" }).id).not.toBe(state.id);
  });

  test.each([
    ["bucket", "acme-dev-lake-clean"],
    ["topic", "trips-other"],
    ["payload_format", "NONE"],
    ["event_types", ["OBJECT_DELETE"]],
    ["object_name_prefix", null],
  ])("another %s replaces it", (name, value) => {
    const core = newCore();
    const state = core.create(NOTIFICATION, notification);

    expect(core.plan(NOTIFICATION, { ...notification, [name]: value }, state)).toMatchObject({ action: "replace", replacedBy: [name] });
  });

  test("one that is gone is planned anew", () => {
    const core = newCore();
    const state = core.create(NOTIFICATION, notification);
    core.catalog.delete(NOTIFICATION, String(state.id));

    expect(core.read(NOTIFICATION, state)).toBeNull();
  });

  test("an event and a payload that there aren't are refused", () => {
    expect(newCore().complaints(NOTIFICATION, { ...notification, payload_format: "JSON", event_types: ["OBJECT_CREATE"] })).toEqual([
      expect.stringMatching(/"JSON" must be one of JSON_API_V1, NONE/),
      expect.stringMatching(/"OBJECT_CREATE" must be one of OBJECT_FINALIZE/),
    ]);
  });
});
