import type { LakeBucketProps } from "../../../constructs/lake/lake-bucket-props";
import { LakeBucket } from "../../../constructs/lake/lake-bucket";
import { EncryptionKey } from "../../../constructs/security/encryption-key";
import { KeyRing } from "../../../constructs/security/key-ring";
import { dev, only, prod, resources, synth } from "../synth";

const kafka = { id: "kafka", member: "serviceAccount:kafka@acme-dev.iam.gserviceaccount.com" };
const raw = (props: Partial<LakeBucketProps>, then: (lake: LakeBucket) => void = () => {}) =>
  synth((stack) => then(new LakeBucket(stack, "raw", { environment: dev, zone: "raw", ...props })));
const bucketOf = (json: any) => only(json, "google_storage_bucket");
const actions = (json: any) => bucketOf(json).lifecycle_rule.map((rule: any) => rule.action.type);

describe("autoclass", () => {
  test("takes the place of the zone's own cold class", () => {
    const json = raw({ autoclass: true });

    expect(bucketOf(json).autoclass).toEqual({ enabled: true, terminal_storage_class: "NEARLINE" });
    expect(actions(json)).toEqual(["Delete", "AbortIncompleteMultipartUpload"]);
  });

  test("may end in another class", () => {
    expect(bucketOf(raw({ autoclass: true, terminalStorageClass: "ARCHIVE" })).autoclass.terminal_storage_class).toBe("ARCHIVE");
  });

  test("is refused beside a cold class, and a terminal class without it; the messages say what to change", () => {
    expect(() => raw({ autoclass: true, coldAfterDays: 30 })).toThrow(/leave out coldAfterDays, or switch autoclass off/);
    expect(() => raw({ terminalStorageClass: "ARCHIVE" })).toThrow(/switch autoclass on, or leave it out/);
  });
});

describe("encryption", () => {
  const withKey = (then: (lake: LakeBucket) => void = () => {}) =>
    synth((stack) => {
      const keyRing = new KeyRing(stack, "keys", { environment: dev });
      const encryptionKey = new EncryptionKey(stack, "data", { environment: dev, keyRing, name: "data" });
      then(new LakeBucket(stack, "raw", { environment: dev, zone: "raw", encryptionKey }));
    });

  test("the bucket uses the key once Cloud Storage may", () => {
    const json = withKey();
    const [[grantId, grant]] = Object.entries<any>(json.resource.google_kms_crypto_key_iam_member) as [[string, any]];

    expect(bucketOf(json).encryption.default_kms_key_name).toMatch(/^projects\/acme-dev\/locations\/europe-west1\/keyRings\/.*cryptoKeys/);
    expect(grant.member).toBe("serviceAccount:service-123456789012@gs-project-accounts.iam.gserviceaccount.com");
    expect(bucketOf(json).depends_on).toEqual([`google_kms_crypto_key_iam_member.${grantId}`]);
  });

  test("and so do the messages about its objects", () => {
    const json = withKey((lake) => lake.notifyNewObjects());
    const topic = only(json, "google_pubsub_topic");
    const members = resources(json, "google_kms_crypto_key_iam_member").map(({ member }) => member);

    expect(topic.kms_key_name).toBe(bucketOf(json).encryption.default_kms_key_name);
    expect(topic.depends_on).toEqual([expect.stringMatching(/^google_kms_crypto_key_iam_member\.data_pubsub/)]);
    expect(members).toContain("serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com");
  });
});

describe("retention", () => {
  test("takes the place of versions; it isn't locked", () => {
    const json = raw({ retentionDays: 7 });

    expect(bucketOf(json)).toMatchObject({
      retention_policy: { retention_period: 604_800, is_locked: false },
      versioning: { enabled: false },
    });
    expect(actions(json)).toEqual(["SetStorageClass", "AbortIncompleteMultipartUpload"]);
  });

  test("a bucket that retains isn't emptied on destroy, whoever asks", () => {
    expect(bucketOf(raw({ destroyObjects: true })).force_destroy).toBe(true);
    expect(bucketOf(raw({ destroyObjects: true, retentionDays: 7 })).force_destroy).toBe(false);
  });

  test("is locked by a second key, only where data can't be deleted anyway", () => {
    expect(bucketOf(raw({ environment: prod, retentionDays: 7, lockRetention: true })).retention_policy.is_locked).toBe(true);
    expect(() => raw({ retentionDays: 7, lockRetention: true })).toThrow(/Leave out lockRetention, or set allowsDataDeletion to false/);
    expect(() => raw({ environment: prod, lockRetention: true })).toThrow(/no retentionDays to lock: add them/);
  });

  test.each([0, 1.5, 24_856])("%d days are refused", (retentionDays) => {
    expect(() => raw({ retentionDays })).toThrow(/whole number of days from 1 to 24855/);
  });
});

test("unfinished uploads are forgotten after the days that are asked", () => {
  expect(bucketOf(raw({ abortUploadDays: 2 })).lifecycle_rule).toContainEqual({
    action: { type: "AbortIncompleteMultipartUpload" },
    condition: { age: 2 },
  });
});

describe("notifyNewObjects", () => {
  test("tells a topic in the bucket's region of new objects, once Cloud Storage may publish", () => {
    const json = raw({}, (lake) => lake.notifyNewObjects({ prefix: "yellow/" }));
    const [grantId] = Object.keys(json.resource.google_pubsub_topic_iam_member);

    expect(only(json, "google_pubsub_topic")).toMatchObject({
      name: "trips-lake-raw-new-objects",
      message_storage_policy: { allowed_persistence_regions: ["europe-west1"] },
      labels: { environment: "dev", zone: "raw" },
    });
    expect(only(json, "google_pubsub_topic_iam_member")).toMatchObject({
      role: "roles/pubsub.publisher",
      member: "serviceAccount:service-123456789012@gs-project-accounts.iam.gserviceaccount.com",
    });
    expect(only(json, "google_storage_notification")).toMatchObject({
      event_types: ["OBJECT_FINALIZE"],
      object_name_prefix: "yellow/",
      payload_format: "JSON_API_V1",
      depends_on: [`google_pubsub_topic_iam_member.${String(grantId)}`],
    });
  });

  test("two of one bucket have topics of their own, which may be subscribed to", () => {
    const json = raw({}, (lake) => {
      lake.notifyNewObjects({ prefix: "yellow/", name: "new-yellow" }).grantSubscribe(kafka);
      lake.notifyNewObjects({ prefix: "green/", name: "new-green" });
    });

    const names = resources(json, "google_pubsub_topic").map(({ name }) => name);
    expect(names.sort()).toEqual(["trips-lake-raw-new-green", "trips-lake-raw-new-yellow"]);
    expect(resources(json, "google_pubsub_topic_iam_member")).toContainEqual(
      expect.objectContaining({ role: "roles/pubsub.subscriber", member: kafka.member }),
    );
  });
});

describe("grantWriteBelow", () => {
  test("reaches the objects of one folder", () => {
    expect(
      only(
        raw({}, (lake) => lake.grantWriteBelow("stream/", kafka)),
        "google_storage_bucket_iam_member",
      ),
    ).toMatchObject({
      role: "roles/storage.objectUser",
      member: kafka.member,
      condition: {
        title: "Below stream/",
        expression: 'resource.name.startsWith("projects/_/buckets/acme-dev-lake-raw/objects/stream/")',
      },
    });
  });

  test.each(["stream", "", 'a") || ("b/'])("a prefix that is no folder is refused: %s", (prefix) => {
    expect(() => raw({}, (lake) => lake.grantWriteBelow(prefix, kafka))).toThrow(/must be a folder's name with a slash at its end/);
  });
});
