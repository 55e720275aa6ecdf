import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { SparkJob } from "../../../constructs/spark/spark-job";
import { SparkWorkflow } from "../../../constructs/spark/spark-workflow";
import type { SparkWorkflowProps } from "../../../constructs/spark/spark-workflow-props";
import { only, resources } from "../synth";
import { synthSpark } from "./surroundings";

const folder = mkdtempSync(join(tmpdir(), "spark-job-"));
afterAll(() => rmSync(folder, { recursive: true }));
let count = 0;

const file = (content: string, name = "main.py"): string => {
  const path = join(folder, String(count++), name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
};
/** A wheel as a build tool would make it, of the given modules. */
const wheel = (modules: Record<string, string>, name = "trips_spark-1.0.0-py3-none-any.whl"): string => {
  const path = file("", name);
  const script =
    "import json,sys,zipfile\nwith zipfile.ZipFile(sys.argv[1],'w') as z:\n for n,t in json.loads(sys.argv[2]).items(): z.writestr(n,t)";
  execFileSync("python3", ["-c", script, path, JSON.stringify(modules)]);
  return path;
};
const job = (props: { mainFile: string; wheel?: string; name?: string }) =>
  synthSpark(({ stack, placement }) => new SparkJob(stack, "job", { artifacts: placement.artifacts, name: "zones", ...props }));
const names = (json: any) => resources(json, "google_storage_bucket_object").map((object) => object.name);

describe("SparkJob", () => {
  test("file and wheel are uploaded under the hash of both; the wheel by a name that Spark imports", () => {
    const json = job({
      mainFile: file("import sys\nfrom pyspark.sql import SparkSession\nfrom trips_spark.zones import daily\n"),
      wheel: wheel({ "trips_spark/__init__.py": "", "trips_spark/zones.py": "import pandas\ndef daily(): ...\n" }),
    });

    expect(names(json)).toEqual([
      expect.stringMatching(/^jobs\/zones\/[0-9a-f]{16}\/main\.py$/),
      expect.stringMatching(/^jobs\/zones\/[0-9a-f]{16}\/trips_spark-1\.0\.0-py3-none-any\.zip$/),
    ]);
    expect(new Set(names(json).map((name: string) => name.split("/")[2])).size).toBe(1);
    // Terraform would extend it to the bucket, which can't be there twice.
    expect(resources(json, "google_storage_bucket_object").map(({ lifecycle }) => lifecycle?.create_before_destroy)).toEqual([
      undefined,
      undefined,
    ]);
  });

  test("the same content has the same address, whatever its path; another has another", () => {
    const [one, same, other] = ["print(1)\n", "print(1)\n", "print(2)\n"].map((content) => names(job({ mainFile: file(content) }))[0]);

    expect(same).toBe(one);
    expect(other).not.toBe(one);
  });

  test.each<[string, string, Record<string, string> | undefined, RegExp]>([
    [
      "a module that nobody has",
      "import trips_spark\n",
      undefined,
      /main\.py:1: nothing on the cluster is called trips_spark, and it has no wheel/,
    ],
    [
      "one that the wheel lacks",
      "from trips_spark.zone import x\n",
      { "trips_spark/zones.py": "" },
      /called trips_spark\.zone, and the wheel has no such/,
    ],
    [
      "one that the wheel itself wants",
      "import trips_spark\n",
      { "trips_spark/__init__.py": "\nimport polars\n" },
      /trips_spark\/__init__\.py:2: .*polars/,
    ],
    ["a syntax error", "def x(:\n", undefined, /main\.py:1: invalid syntax/],
    ["a syntax error in the wheel", "import a\n", { "a.py": "x = = 1\n" }, /a\.py:1: invalid syntax/],
  ])("%s is refused at synthesis", (_, main, modules, message) => {
    expect(() => job({ mainFile: file(main), wheel: modules && wheel(modules) })).toThrow(message);
  });

  test("nothing of a job is run when it is checked", () => {
    expect(names(job({ mainFile: file("raise SystemExit('it ran')\n") }))).toHaveLength(1);
  });

  test("a missing file, another kind of file, a compiled wheel, one that is none, and a name with capitals are refused", () => {
    const main = file("print(1)\n");

    expect(() => job({ mainFile: join(folder, "none.py") })).toThrow(/none\.py of Spark job "zones" is missing/);
    expect(() => job({ mainFile: file("", "main.scala") })).toThrow(/must be a \.py file/);
    expect(() => job({ mainFile: main, wheel: wheel({}, "x-1-cp311-cp311-linux_x86_64.whl") })).toThrow(/must be pure Python/);
    expect(() => job({ mainFile: main, wheel: file("no zip", "x-1-py3-none-any.whl") })).toThrow(/is no wheel: build it again/);
    expect(() => job({ mainFile: main, name: "Zones" })).toThrow(/"Zones" must be 1 to 40/);
  });
});

describe("SparkWorkflow", () => {
  const workflow = (props: Partial<SparkWorkflowProps> = {}, options: { encrypted?: boolean } = {}) =>
    synthSpark(({ stack, placement }) => {
      const made = new SparkJob(stack, "job", { artifacts: placement.artifacts, name: "zones", mainFile: file("print(1)\n") });
      new SparkWorkflow(stack, "workflow", { ...placement, name: "trips-zones", job: made, ...props });
    }, options);
  const template = (json: any) => only(json, "google_dataproc_workflow_template");

  test("a run makes a private cluster, runs the uploaded job on it, and ends in bounded time", () => {
    const made = template(workflow({ workers: 2, spotWorkers: 3, arguments: ["--month", "2024-01"], timeoutMinutes: 60 }));

    expect(made).toMatchObject({ name: "trips-zones", location: "europe-west1", dag_timeout: "3600s", labels: { environment: "dev" } });
    const { cluster_name, config } = made.placement.managed_cluster;
    expect(cluster_name).toBe("trips-zones");
    expect(config.gce_cluster_config).toMatchObject({ internal_ip_only: true, shielded_instance_config: { enable_secure_boot: true } });
    expect(config.worker_config.num_instances).toBe(2);
    expect(config.secondary_worker_config).toMatchObject({ num_instances: 3, preemptibility: "SPOT" });
    expect(config.software_config.properties["spark:spark.eventLog.enabled"]).toBe("true");
    expect(made.jobs).toEqual([
      {
        step_id: "job",
        pyspark_job: {
          main_python_file_uri: expect.stringMatching(/^gs:\/\/.*google_storage_bucket_object/),
          args: ["--month", "2024-01"],
        },
      },
    ]);
  });

  test("under a key of one's own: disks and arguments", () => {
    const made = template(workflow({}, { encrypted: true }));

    expect(made.encryption_config.kms_key).toMatch(/cryptoKeys/);
    expect(made.placement.managed_cluster.config.encryption_config.gce_pd_kms_key_name).toBe(made.encryption_config.kms_key);
    expect(made.depends_on).toHaveLength(2);
  });

  test("a name that is too long, no time, and machines that Dataproc refuses are refused", () => {
    expect(() => workflow({ name: "x".repeat(36) })).toThrow(/must be 3 to 35/);
    expect(() => workflow({ timeoutMinutes: 1 })).toThrow(/timeoutMinutes .* from 10 to 1440, not 1/);
    expect(() => workflow({ masterMachineType: "e2-micro" })).toThrow(/shares its core/);
  });
});
