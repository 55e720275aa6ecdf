import { runInNewContext } from "node:vm";
import type { Environment } from "../../../constructs/environment/environment";
import { AirflowBucket } from "../../../constructs/orchestration/airflow-bucket";
import type { AirflowBucketProps } from "../../../constructs/orchestration/airflow-bucket-props";
import { EncryptionKey } from "../../../constructs/security/encryption-key";
import { KeyRing } from "../../../constructs/security/key-ring";
import { dev, only, prod, resources, synth } from "../synth";

const BUCKET = "google_storage_bucket";
const bucket = (props: Partial<AirflowBucketProps> = {}, then: (made: AirflowBucket) => void = () => {}, environment: Environment = dev) =>
  synth((stack) => {
    then(new AirflowBucket(stack, "bucket", { environment, ...props }));
  });

describe("AirflowBucket", () => {
  test("minimal: standard class, private, versioned; old versions, logs and snapshots go", () => {
    expect(only(bucket(), BUCKET)).toMatchObject({
      name: "acme-dev-airflow",
      location: "europe-west1",
      storage_class: "STANDARD",
      uniform_bucket_level_access: true,
      public_access_prevention: "enforced",
      versioning: { enabled: true },
      lifecycle_rule: [
        { action: { type: "Delete" }, condition: { num_newer_versions: 3, with_state: "ARCHIVED" } },
        { action: { type: "Delete" }, condition: { days_since_noncurrent_time: 90, with_state: "ARCHIVED" } },
        { action: { type: "Delete" }, condition: { age: 30, matches_prefix: ["logs/", "data/runs/"] } },
        { action: { type: "Delete" }, condition: { age: 14, matches_prefix: ["snapshots/"] } },
      ],
      force_destroy: false,
    });
  });

  test("Composer takes no bucket with a retention policy", () => {
    expect(only(bucket(), BUCKET).retention_policy).toBeUndefined();
  });

  test("its objects are destroyed with it only with both keys", () => {
    const forced = (props: Partial<AirflowBucketProps>, environment: Environment) =>
      only(bucket(props, undefined, environment), BUCKET).force_destroy;

    expect(forced({ destroyObjects: true }, dev)).toBe(true);
    expect(forced({ destroyObjects: true }, prod)).toBe(false);
    expect(forced({}, dev)).toBe(false);
  });

  test("under a key that Cloud Storage may use", () => {
    const json = synth((stack) => {
      const keyRing = new KeyRing(stack, "ring", { environment: dev });
      new AirflowBucket(stack, "bucket", {
        environment: dev,
        encryptionKey: new EncryptionKey(stack, "key", { environment: dev, keyRing, name: "data" }),
      });
    });

    expect(only(json, BUCKET)).toMatchObject({
      encryption: { default_kms_key_name: expect.stringMatching(/cryptoKeys/) },
      depends_on: [expect.stringMatching(/^google_kms_crypto_key_iam_member\./)],
    });
  });

  test("grants", () => {
    const json = bucket({}, (made) => {
      made.grantWrite({ id: "orchestrator", member: "serviceAccount:o" });
      made.grantRead({ id: "ada", member: "user:ada@example.com" });
    });

    expect(
      resources(json, "google_storage_bucket_iam_member")
        .map(({ role, member }) => `${member} ${role}`)
        .sort(),
    ).toEqual(["serviceAccount:o roles/storage.objectUser", "user:ada@example.com roles/storage.objectViewer"]);
  });

  test("below a folder: what mounts the bucket lists it, reads one folder and writes another", () => {
    const json = bucket({}, (made) => {
      made.grantReadBelow("data/", { id: "ingest", member: "serviceAccount:i" });
      made.grantWriteBelow("data/runs/", { id: "ingest", member: "serviceAccount:i" });
    });

    const objects = "projects/_/buckets/acme-dev-airflow/objects";
    expect(resources(json, "google_storage_bucket_iam_member")).toEqual([
      expect.objectContaining({
        role: "roles/storage.objectViewer",
        condition: {
          title: "Below data/",
          expression:
            `!resource.name.startsWith("${objects}/") || resource.name.startsWith("${objects}/data/")` +
            ` || resource.name == "${objects}/data"`,
        },
      }),
      expect.objectContaining({
        role: "roles/storage.objectUser",
        condition: { title: "Below data/runs/", expression: `resource.name.startsWith("${objects}/data/runs/")` },
      }),
    ]);
    expect(() => bucket({}, (made) => made.grantWriteBelow("data/runs", { id: "i", member: "serviceAccount:i" }))).toThrow(
      /"data\/runs" of a grant must be a name with a slash at its end/,
    );
  });

  test.each(["data/", "data/runs/"])(
    "below %s: a mounted folder can be entered from the top, each name asked for with and without slash",
    (folder) => {
      const json = bucket({}, (made) => made.grantReadBelow(folder, { id: "ingest", member: "serviceAccount:i" }));
      const { expression } = only(json, "google_storage_bucket_iam_member").condition;
      // What the condition is written in means the same in JavaScript.
      const allowed = (name: string): boolean =>
        runInNewContext(expression, { resource: { name: `projects/_/buckets/acme-dev-airflow${name && `/objects/${name}`}` } });

      const asked = ["", "data", "data/", "data/runs", "data/runs/", "data/runs/r1", "data/runs/r1/plan.json"];
      expect(asked.filter((name) => !allowed(name))).toEqual([]);
      expect(["dags", "dags/trips.py", "data-2", "data2/x", "logs/", "datas"].filter(allowed)).toEqual([]);
      expect(["data/settings.json", "data/runs-2"].filter(allowed)).toHaveLength(folder === "data/" ? 2 : 0);
    },
  );

  test("days that are none are refused", () => {
    expect(() => bucket({ logDays: 0 })).toThrow(/logDays must be a whole number of days from 1 up, not 0/);
    expect(() => bucket({ snapshotDays: 1.5 })).toThrow(/snapshotDays/);
  });
});
