import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { TerraformStack } from "cdktf";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AirflowBucket } from "../../constructs/orchestration/airflow-bucket";
import { BucketFiles } from "../../constructs/orchestration/bucket-files";
import { useBackend } from "../../stacks/backend";
import { temporaryFolder } from "../embedded/provider/temporary-folder";
import { dev } from "../constructs/synth";
import { actions, type Build, Deployment } from "./deployment";

jest.setTimeout(60_000);

const OBJECT = "google_storage_bucket_object";

/** What the tests change: content by name. */
let contents: Record<string, string> = { "dags/trips.py": "import airflow\n", "data/dbt_project.yml": "name: trips\n" };
/** Another folder is another machine. */
let place = temporaryFolder();

const build: Build = (app, name, configuration) => {
  const files = Object.entries(contents).map(([file, text]) => {
    const path = join(place, file);
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, text);
    return [file, path];
  });
  const stack = new TerraformStack(app, name);
  useBackend(stack, configuration.backend);
  new GoogleProvider(stack, "google", { project: dev.projectId });
  const bucket = new AirflowBucket(stack, "bucket", { environment: dev, destroyObjects: true });
  new BucketFiles(stack, "files", { bucket, files: Object.fromEntries(files) as Record<string, string> });
};

describe("files kept in step with a bucket, under Terraform", () => {
  const deployment = new Deployment(temporaryFolder(), "dev", "files", build, { binary: "terraform", configurations: "config" });
  beforeAll(() => deployment.prepare());

  const deploy = async (): Promise<string[]> => {
    const plan = await deployment.plan();
    await deployment.apply(plan);
    expect(actions(await deployment.plan())).toEqual([]);
    return actions(plan).map((line) => line.replace(/^.*?(?=\[)/, ""));
  };
  const deployed = () => deployment.catalog.list(OBJECT).map(({ name }) => name);

  test("all are written, and a second deploy, from another machine, has nothing to do", async () => {
    expect((await deploy()).filter((line) => line.startsWith("["))).toEqual([
      '["dags/trips.py"]: create',
      '["data/dbt_project.yml"]: create',
    ]);
    place = join(place, "elsewhere");

    expect(actions(await deployment.plan())).toEqual([]);
  });

  test("only the file that changed is written", async () => {
    contents = { ...contents, "dags/trips.py": "import this\n" };

    expect(await deploy()).toEqual(['["dags/trips.py"]: update']);
  });

  test("a file more, and one less, touch no other", async () => {
    contents = { "dags/trips.py": "import this\n", "dags/more.py": "" };

    expect(await deploy()).toEqual(['["dags/more.py"]: create', '["data/dbt_project.yml"]: delete']);
    expect([...deployed()].sort()).toEqual(["dags/more.py", "dags/trips.py"]);
  });
});
