import { SparkArtifacts } from "../../../constructs/spark/spark-artifacts";
import type { SparkArtifactsProps } from "../../../constructs/spark/spark-artifacts-props";
import { dev, only, prod, resources, synth } from "../synth";

const spark = { id: "spark", member: "serviceAccount:spark@acme-dev.iam.gserviceaccount.com" };
const artifacts = (props: Partial<SparkArtifactsProps> = {}, then: (made: SparkArtifacts) => void = () => {}) =>
  synth((stack) => then(new SparkArtifacts(stack, "artifacts", { environment: dev, ...props })));
const bucket = (json: any, name: string) => resources(json, "google_storage_bucket").find((one) => one.name === name);

test("two private buckets in the environment's place: one for jobs and event logs, one for what Dataproc writes meanwhile", () => {
  const json = artifacts();

  for (const name of ["acme-dev-spark", "acme-dev-spark-scratch"]) {
    expect(bucket(json, name)).toMatchObject({
      location: "europe-west1",
      uniform_bucket_level_access: true,
      public_access_prevention: "enforced",
      versioning: { enabled: true },
      force_destroy: false,
      labels: { environment: "dev" },
    });
  }
});

test("event logs and scratch files go by age; folders stay, and so do jobs", () => {
  const json = artifacts({ eventLogDays: 7, scratchDays: 20 });
  const byAge = (name: string) =>
    bucket(json, name).lifecycle_rule.filter(({ action, condition }: any) => action.type === "Delete" && condition.age !== undefined);

  const [eventLogs, ...others] = byAge("acme-dev-spark");
  expect(others).toEqual([]);
  expect(eventLogs.condition).toMatchObject({ age: 7, matches_prefix: ["events/"] });
  const isDeleted = (name: string) => eventLogs.condition.matches_suffix.some((end: string) => name.endsWith(end));
  expect(["application_1700000000000_0001", "application_1700000000000_0002.zstd", "app-1.inprogress"].map(isDeleted)).toEqual([
    true,
    true,
    true,
  ]);
  expect(isDeleted("events/trips/spark-job-history/")).toBe(false);
  expect(byAge("acme-dev-spark-scratch")).toEqual([expect.objectContaining({ condition: { age: 20 } })]);
});

test("a folder for event logs is made before anything writes there", () => {
  let url = "";
  const json = artifacts({}, (made) => (url = made.addEventLogs("trips")));

  const [id] = Object.keys(json.resource.google_storage_bucket_object);
  expect(only(json, "google_storage_bucket_object")).toMatchObject({ name: "events/trips/spark-job-history/" });
  expect(id).toMatch(/events-trips|events_trips/);
  expect(url).toMatch(/^gs:\/\/.*\$\{TfToken\[.*\]\}$|^gs:\/\//);
});

test("Google's role for Dataproc's machines holds of all buckets these two only", () => {
  const json = artifacts({}, (made) => made.grantWorker(spark));

  expect(only(json, "google_project_iam_member")).toMatchObject({
    role: "roles/dataproc.worker",
    member: spark.member,
    condition: {
      expression:
        '(resource.type != "storage.googleapis.com/Bucket" && resource.type != "storage.googleapis.com/Object") || resource.name.startsWith("projects/_/buckets/acme-dev-spark")',
    },
  });
  expect(resources(json, "google_storage_bucket_iam_member").map(({ role }) => role)).toEqual([
    "roles/storage.objectUser",
    "roles/storage.objectUser",
  ]);
});

test("who submits jobs may read what they wrote", () => {
  const grants = resources(
    artifacts({}, (made) => made.grantRead(spark)),
    "google_storage_bucket_iam_member",
  );

  expect(grants.map(({ role }) => role)).toEqual(["roles/storage.objectViewer", "roles/storage.objectViewer"]);
});

test("objects go with their buckets only where both keys say so", () => {
  const forced = (props: Partial<SparkArtifactsProps>) =>
    resources(artifacts(props), "google_storage_bucket").map((one) => one.force_destroy);

  expect(forced({ destroyObjects: true })).toEqual([true, true]);
  expect(forced({ environment: prod, destroyObjects: true })).toEqual([false, false]);
});

test("files of a cluster that is still there are not deleted", () => {
  expect(() => artifacts({ scratchDays: 14 })).toThrow(/scratchDays of Spark's buckets must be a whole number of days from 15, not 14/);
  expect(() => artifacts({ eventLogDays: 0 })).toThrow(/eventLogDays/);
});

test("a project id that makes no bucket's name is refused", () => {
  expect(() => artifacts({ environment: { ...dev, projectId: "acme:dev" } })).toThrow(/"acme:dev-spark" breaks Cloud Storage's rules/);
});
