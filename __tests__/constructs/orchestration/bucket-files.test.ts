import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { App, TerraformStack } from "cdktf";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AirflowBucket } from "../../../constructs/orchestration/airflow-bucket";
import { BucketFiles } from "../../../constructs/orchestration/bucket-files";
import { temporaryFolder } from "../../embedded/provider/temporary-folder";
import { dev, only } from "../synth";

const OBJECT = "google_storage_bucket_object";
const folder = temporaryFolder();
let count = 0;

/** Writes files below a new folder and synthesises a stack that uploads them, as cdktf does. */
function synthesised(contents: Record<string, string>): { json: any; stackFolder: string } {
  const place = join(folder, String(count++));
  mkdirSync(place, { recursive: true });
  const files = Object.fromEntries(
    Object.entries(contents).map(([name, text]) => {
      const path = join(place, name.replaceAll("/", "_"));
      writeFileSync(path, text);
      return [name, path];
    }),
  );
  const app = new App({ outdir: join(place, "out") });
  const stack = new TerraformStack(app, "stack");
  new GoogleProvider(stack, "google", { project: dev.projectId });
  new BucketFiles(stack, "files", { bucket: new AirflowBucket(stack, "bucket", { environment: dev }), files });
  app.synth();
  const stackFolder = join(place, "out/stacks/stack");
  return { json: JSON.parse(readFileSync(join(stackFolder, "cdk.tf.json"), "utf8")), stackFolder };
}

describe("BucketFiles", () => {
  test("one instance per file, each read from beside the stack", () => {
    const { json, stackFolder } = synthesised({
      "dags/trips.py": "import airflow\n",
      "data/pipelines/dbt/dbt_project.yml": "name: trips\n",
    });

    const objects = only(json, OBJECT);
    expect(objects).toMatchObject({ bucket: expect.stringMatching(/google_storage_bucket/), name: "${each.key}", source: "${each.value}" });
    expect(Object.keys(objects.for_each)).toEqual(["dags/trips.py", "data/pipelines/dbt/dbt_project.yml"]);
    expect(readFileSync(join(stackFolder, objects.for_each["dags/trips.py"]), "utf8")).toBe("import airflow\n");
  });

  test("a path says neither where the file was nor what is in it: only content counts", () => {
    const [one, other] = ["import airflow\n", "import this\n"].map((text) => synthesised({ "dags/trips.py": text }).json);

    expect(only(one, OBJECT).for_each).toEqual(only(other, OBJECT).for_each);
    expect(only(one, OBJECT).for_each["dags/trips.py"]).toMatch(/^assets\/[^/]+\/file\/dags_trips\.py$/);
  });

  test("two files of one name lie apart", () => {
    const { json, stackFolder } = synthesised({ "dags/one/__init__.py": "1", "dags/two/__init__.py": "2" });

    const paths: string[] = Object.values(only(json, OBJECT).for_each);
    expect(new Set(paths).size).toBe(2);
    expect(paths.every((path) => existsSync(join(stackFolder, path)))).toBe(true);
  });

  test("no file, and a name with a slash at its beginning, are refused", () => {
    expect(() => synthesised({})).toThrow(/no files for the bucket at stack\/files/);
    expect(() => synthesised({ "/dags/trips.py": "" })).toThrow(/leave out the slash/);
  });
});
