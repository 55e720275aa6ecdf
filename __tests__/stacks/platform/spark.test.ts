import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Construct } from "constructs";
import { loadConfigurations } from "../../../config/load";
import { spark as settings } from "../../../config/parts/spark";
import { GrantPropagation } from "../../../constructs/identity/grant-propagation";
import { composeNetwork } from "../../../stacks/platform/network";
import { platformServices } from "../../../stacks/platform/services";
import { composeSpark } from "../../../stacks/platform/spark";
import { sparkOutput } from "../../../stacks/platform/spark-output";
import { composeWorkloads } from "../../../stacks/platform/workloads";
import { TerraformOutput } from "cdktf";
import { dev, only, resources, synth } from "../../constructs/synth";

const folder = resolve(__dirname, "../../fixtures/config");
const configuration = loadConfigurations({ folder, variables: {} })[0]!;
const configured = (spark: object) => ({ ...configuration, spark: settings.parse(spark) });
const synthSpark = (spark: object) =>
  synth((stack) => {
    const workloads = composeWorkloads(new Construct(stack, "workloads"), dev);
    const grants = new GrantPropagation(stack, "grants");
    const network = composeNetwork(stack, dev, configured(spark), workloads);
    const made = composeSpark(stack, dev, configured(spark), { workloads, grants, network });
    if (made) new TerraformOutput(stack, "spark", { value: sparkOutput(made) });
  });
const temporary = mkdtempSync(join(tmpdir(), "spark-"));
afterAll(() => rmSync(temporary, { recursive: true }));
const job = { mainFile: "constructs/spark/example-job.py" };

test("serverless: nothing stands; batches are told how to be submitted", () => {
  const json = synthSpark({ kind: "serverless", serverless: { maxExecutors: 7 }, eventLogDays: 5, scratchDays: 21 });

  expect(Object.keys(json.resource).filter((type) => type.startsWith("google_dataproc"))).toEqual([]);
  expect(json.output.spark.value.batch.runtime_config.properties["spark.dynamicAllocation.maxExecutors"]).toBe("7");
  expect(Object.keys(json.output.spark.value)).toEqual(["artifacts_bucket", "batch", "jobs", "scratch_bucket"]);
  const ages = resources(json, "google_storage_bucket").flatMap(({ lifecycle_rule }) =>
    lifecycle_rule.map((rule: any) => rule.condition.age),
  );
  expect(ages).toEqual(expect.arrayContaining([5, 21]));
});

test("a cluster is held back until its grants are in force", () => {
  const json = synthSpark({ kind: "cluster", cluster: { workers: 2, autoscaling: { maxWorkers: 3 } }, historyServer: { enabled: true } });
  const clusters = resources(json, "google_dataproc_cluster");
  const [wait] = Object.entries<any>(json.resource.terraform_data).find(([id]) => id.startsWith("grants_ready"))!;

  expect(clusters.map(({ name }) => name).sort()).toEqual(["trips", "trips-history"]);
  for (const { depends_on } of clusters) expect(depends_on).toContain(`terraform_data.${wait}`);
  expect(Object.keys(json.resource.terraform_data[wait].triggers_replace.grants)).toEqual(
    expect.arrayContaining([expect.stringMatching(/spark-worker$/), expect.stringMatching(/orchestrator-read-scratch$/)]),
  );
  expect(json.output.spark.value).toMatchObject({
    gateway_url: expect.stringMatching(/YARN/),
    history_server_url: expect.stringMatching(/History/),
  });
  expect(json.output.spark.value.batch).toBeUndefined();
});

test("the orchestrator may submit, and only Spark works on Dataproc", () => {
  const grants = resources(synthSpark({}), "google_project_iam_member").map(({ role, member }) => [
    role,
    member.replace(/_[0-9A-F]{8}/g, ""),
  ]);

  expect(grants).toEqual(
    expect.arrayContaining([
      ["roles/dataproc.worker", expect.stringMatching(/spark/)],
      ["roles/dataproc.editor", expect.stringMatching(/orchestrator/)],
    ]),
  );
});

test("a job is uploaded, and has a template where it asks for one", () => {
  const json = synthSpark({ imageVersion: "2.2-debian12", jobs: { count: { ...job, workflow: true, arguments: ["x"] }, other: job } });

  const template = only(json, "google_dataproc_workflow_template");
  expect(template).toMatchObject({ name: "trips-count", jobs: [{ pyspark_job: { args: ["x"] } }] });
  expect(template.placement.managed_cluster.config.software_config.image_version).toBe("2.2-debian12");
  expect(Object.keys(json.output.spark.value.jobs)).toEqual(["count", "other"]);
  expect(json.output.spark.value.jobs.count.workflow).toMatch(/google_dataproc_workflow_template/);
  expect(json.output.spark.value.jobs.other.workflow).toBeUndefined();
});

test("by default the reports of pipelines/spark are uploaded, their wheel built from the sources", () => {
  const json = synthSpark({});

  expect(resources(json, "google_storage_bucket_object").map(({ name }) => name)).toEqual([
    expect.stringMatching(/^jobs\/reports\/[0-9a-f]{16}\/main\.py$/),
    expect.stringMatching(/^jobs\/reports\/[0-9a-f]{16}\/trips_spark-[\d.]+-py3-none-any\.zip$/),
  ]);
  expect(Object.keys(json.output.spark.value.jobs)).toEqual(["reports"]);
  expect(resources(synthSpark({ jobs: {} }), "google_storage_bucket_object")).toEqual([]);
});

test("a package that can't be built is refused with what its builder says", () => {
  const build = (content?: string) => {
    const package_ = mkdtempSync(join(temporary, "package-"));
    if (content !== undefined) writeFileSync(join(package_, "build_wheel.py"), content);
    return () => synthSpark({ jobs: { count: { ...job, package: package_ } } });
  };

  expect(build("raise SystemExit('no sources here')\n")).toThrow(/wheel of .* can't be built: no sources here/);
  expect(build()).toThrow(/can't be built: .*build_wheel\.py/);
});

test("switched off there is nothing, and Dataproc's API isn't needed", () => {
  expect(synthSpark({ kind: "none" }).resource.google_storage_bucket).toBeUndefined();
  expect(platformServices(configured({ kind: "none" }))).not.toContain("dataproc.googleapis.com");
  expect(platformServices(configured({}))).toContain("dataproc.googleapis.com");
});
