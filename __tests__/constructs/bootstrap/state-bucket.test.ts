import { StateBucket } from "../../../constructs/bootstrap/state-bucket";
import { dev, only, prod, synth } from "../synth";

const name = "acme-dev-terraform-state";
const ci = { id: "ci-plan", member: "serviceAccount:ci-plan@acme-dev.iam.gserviceaccount.com" };

describe("StateBucket", () => {
  test("minimal: private, versioned, restorable", () => {
    expect(
      only(
        synth((stack) => new StateBucket(stack, "state", { environment: dev, name })),
        "google_storage_bucket",
      ),
    ).toMatchObject({
      name,
      location: "europe-west1",
      uniform_bucket_level_access: true,
      public_access_prevention: "enforced",
      versioning: { enabled: true },
      soft_delete_policy: { retention_duration_seconds: 30 * 86_400 },
      labels: { environment: "dev" },
    });
  });

  test("an old version goes only when it is old and there are many newer ones", () => {
    const json = synth((stack) => new StateBucket(stack, "state", { environment: dev, name, keptVersions: 5, keptDays: 400 }));

    expect(only(json, "google_storage_bucket").lifecycle_rule).toEqual([
      { action: { type: "Delete" }, condition: { num_newer_versions: 5, days_since_noncurrent_time: 400, with_state: "ARCHIVED" } },
    ]);
  });

  test.each([dev, prod])("Terraform never destroys it, whatever $name allows", (environment) => {
    const bucket = only(
      synth((stack) => new StateBucket(stack, "state", { environment, name })),
      "google_storage_bucket",
    );

    expect(bucket).toMatchObject({ force_destroy: false, lifecycle: { prevent_destroy: true } });
  });

  test("a reader can't lock, a writer can", () => {
    const role = (grant: (bucket: StateBucket) => unknown) =>
      only(
        synth((stack) => grant(new StateBucket(stack, "state", { environment: dev, name }))),
        "google_storage_bucket_iam_member",
      ).role;

    expect(role((bucket) => bucket.grantRead(ci))).toBe("roles/storage.objectViewer");
    expect(role((bucket) => bucket.grantWrite(ci))).toBe("roles/storage.objectUser");
  });

  test("a name that Cloud Storage refuses says where to mend it", () => {
    expect(() => synth((stack) => new StateBucket(stack, "state", { environment: dev, name: "State Bucket" }))).toThrow(
      /"State Bucket" breaks .* mend state.bucket or the project id "acme-dev" of environment "dev"/,
    );
  });
});
