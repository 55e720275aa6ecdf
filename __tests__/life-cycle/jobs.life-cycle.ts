import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { TerraformStack } from "cdktf";
import { readFileSync } from "node:fs";
import { WorkloadIdentity } from "../../constructs/identity/workload-identity";
import { WorkJob } from "../../constructs/jobs/work-job";
import { AirflowBucket } from "../../constructs/orchestration/airflow-bucket";
import { BucketText } from "../../constructs/orchestration/bucket-text";
import { useBackend } from "../../stacks/backend";
import { dev } from "../constructs/synth";
import { temporaryFolder } from "../embedded/provider/temporary-folder";
import { actions, type Build, Deployment } from "./deployment";

jest.setTimeout(120_000);

/** What the tests change. */
let digit = "a";
let limit = 1;

const build: Build = (app, name, configuration) => {
  const stack = new TerraformStack(app, name);
  useBackend(stack, configuration.backend);
  new GoogleProvider(stack, "google", { project: dev.projectId });
  const bucket = new AirflowBucket(stack, "bucket", { environment: dev, destroyObjects: true });
  const identity = new WorkloadIdentity(stack, "ingest", { environment: dev, workload: "ingest", description: "Reads." });
  const job = new WorkJob(stack, "job", {
    environment: dev,
    identity,
    name: "ingest",
    image: `europe-west1-docker.pkg.dev/acme-dev/trips-docker/data@sha256:${digit.repeat(64)}`,
    command: ["python", "-m", "ingest"],
    variables: { PYTHONPATH: "/code" },
    mount: { bucket: bucket.bucket, path: "/code" },
  });
  job.grantRun({ id: "ada", member: "user:ada@example.com" });
  bucket.grantReadBelow("data/", identity);
  bucket.grantWriteBelow("data/runs/", identity);
  new BucketText(stack, "text", { bucket, name: "data/settings.json", text: JSON.stringify({ as: identity.account.email, limit }) });
};

describe("a job and the text that it reads, under Terraform", () => {
  const deployment = new Deployment(temporaryFolder(), "dev", "jobs", build, { binary: "terraform", configurations: "config" });
  beforeAll(() => deployment.prepare());

  const deploy = async (): Promise<string[]> => {
    const plan = await deployment.plan();
    await deployment.apply(plan);
    expect(actions(await deployment.plan())).toEqual([]);
    return actions(plan);
  };

  test("all is made, and a second deploy has nothing to do; references in the text are resolved", async () => {
    expect((await deploy()).length).toBe(7);

    const [object] = deployment.catalog.list("google_storage_bucket_object");
    const text = readFileSync(deployment.catalog.contentFile("google_storage_bucket_object", object!.id), "utf8");
    expect(JSON.parse(text)).toEqual({ as: "trips-ingest@acme-dev.iam.gserviceaccount.com", limit: 1 });
  });

  test("another image and another text are updates in place", async () => {
    digit = "b";
    limit = 2;

    expect((await deploy()).map((line) => line.replace(/^google_(\w+)\..*: /, "$1 "))).toEqual([
      "cloud_run_v2_job update",
      "storage_bucket_object update",
    ]);
  });
});
