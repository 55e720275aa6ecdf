import { readFileSync, rmSync, writeFileSync } from "node:fs";
import type { Diagnosis } from "../../operations/doctor/doctor";
import { embeddedVariables } from "../../embedded/terraform/environment";
import { emptyProject } from "../operations/doctor/surroundings";
import { GoogleDouble, refusal } from "../operations/google/double";
import { GoogleProject } from "../operations/onboarding/google-project";
import { ScratchProject, type Started } from "./scratch-project";

jest.setTimeout(300_000);

/** A newcomer with an empty Google project: the commands as they are typed, Google's APIs answered by a double. */
describe("a newcomer's journey", () => {
  let scratch: ScratchProject;
  let double: GoogleDouble;
  let project: GoogleProject;
  let untouched: string;
  let variables: NodeJS.ProcessEnv;

  beforeAll(async () => {
    scratch = await ScratchProject.create();
    untouched = readFileSync(scratch.path("config/dev.yaml"), "utf8");
  });
  afterAll(() => scratch.remove());

  beforeEach(async () => {
    double = new GoogleDouble();
    await double.start();
    project = new GoogleProject(double);
    project.hasState = true; // how the bootstrap stack is deployed, and killed, has a story of its own
    variables = { GOOGLE_API_ENDPOINT: double.endpoint, GOOGLE_OAUTH_ACCESS_TOKEN: "ya29.good", GCP_PROJECT_DEV: undefined };
    writeFileSync(scratch.path("config/dev.yaml"), untouched);
    rmSync(scratch.path(".state"), { recursive: true, force: true });
  });
  afterEach(() => double.stop());

  const onboard = (): Started => scratch.start("onboard", ["dev", "--project", "acme-dev", "--yes"], variables);

  test("the doctor names six planted problems, each with its mending", async () => {
    double.gate = () => undefined; // its APIs were switched on once
    emptyProject(double)
      .on("GET", /billingInfo$/, { body: { billingEnabled: false } })
      .on("GET", /^serviceusage\/v1\/projects\/acme-dev\/services$/, { body: {} })
      .on("GET", /regions\/europe-west1$/, { body: { quotas: [{ metric: "CPUS", limit: 8, usage: 8 }] } })
      .on("GET", /^storage\/storage\/v1\/b$/, { body: { items: [{ name: "acme-dev-lake-raw", location: "US" }] } })
      .on("GET", /terraform-state$/, refusal(404, "Not found"));
    const planted = { ...variables, GCP_PROJECT_DEV: "acme-dev", GCP_PROJECT_NUMBER_DEV: "999999999999", JAVA_HOME: "/gone" };

    const { code, output } = await scratch.start("doctor", ["dev", "--json"], planted).ended;

    const { diagnoses } = JSON.parse(output) as { diagnoses: Diagnosis[] };
    const failed = diagnoses.filter(({ status }) => status === "fail").map(({ title }) => title);
    expect(code).toBe(1);
    expect(failed).toEqual(
      expect.arrayContaining(["Java", "Project", "Billing", "First APIs", "Quotas", "Same location everywhere", "Terraform's state"]),
    );
    expect(diagnoses.filter(({ status, mend }) => status === "fail" && !mend)).toEqual([]);
  });

  test("killed after each change in turn, onboarding goes on from there; a second run changes nothing, and what it wrote synthesises", async () => {
    let kills = 0;
    for (let ended = false; !ended;) {
      const started = onboard();
      const before = project.changes.length;
      project.afterChange = (number) => {
        if (number === before + 1) {
          kills++;
          started.kill();
        }
      };
      ended = (await started.ended).code === 0;
    }
    expect(kills).toBe(project.changes.length);
    expect(kills).toBeGreaterThanOrEqual(4);
    expect(new Set(project.changes).size).toBe(kills);

    const text = readFileSync(scratch.path("config/dev.yaml"), "utf8");
    const again = await onboard().ended;
    expect(again).toMatchObject({ code: 0, output: expect.stringContaining("Ready. Next: npm run deploy -- dev") });
    expect(project.changes).toHaveLength(kills);
    expect(readFileSync(scratch.path("config/dev.yaml"), "utf8")).toBe(text);
    expect(text).toContain("# The development environment");

    expect((await scratch.command("ci-synth")).output).toContain("All stacks synthesise, and keep the rules.");
    const stack = JSON.parse(readFileSync(scratch.path("cdktf.out/stacks/dev/cdk.tf.json"), "utf8")) as { provider: { google: unknown } };
    expect(stack.provider.google).toEqual([expect.objectContaining({ project: "acme-dev" })]);
  });

  test("a dry run prints every call, and makes none", async () => {
    project.has("cloudresourcemanager", "cloudbilling", "compute", "orgpolicy", "storage");
    const { code, output } = await scratch.start("onboard", ["dev", "--project", "acme-dev", "--dry-run"], variables).ended;

    expect(code).toBe(0);
    expect(output).toContain('PUT https://cloudbilling.googleapis.com/v1/projects/acme-dev/billingInfo {"billingAccountName":');
    expect(output).toContain("POST https://serviceusage.googleapis.com/v1/projects/acme-dev/services:batchEnable");
    expect(output).toContain("write ");
    expect(project.changes).toEqual([]);
    expect(readFileSync(scratch.path("config/dev.yaml"), "utf8")).toBe(untouched);
  });

  test("a dry run of a new project says what can't be looked at before its first APIs are on", async () => {
    const { code, output } = await scratch.start("onboard", ["dev", "--project", "acme-dev", "--dry-run"], variables).ended;

    expect(code).toBe(0);
    expect(output).toContain('{"serviceIds":["cloudresourcemanager.googleapis.com","cloudbilling.googleapis.com"]}');
    expect(output).toContain("cloudbilling.googleapis.com is off, so this can't be looked at");
    expect(project.changes).toEqual([]);
  });

  test("without anybody to ask nothing is changed", async () => {
    const { code, output } = await scratch.start("onboard", ["dev", "--project", "acme-dev"], variables).ended;

    expect(code).toBe(1);
    expect(output).toContain("To go on without being asked: --yes");
    expect(project.changes).toEqual([]);
  });
});

/** The embedded provider stands for Google here: commands, Terraform and guard are those of the cloud. */
describe("the end of an environment", () => {
  let scratch: ScratchProject;
  const here = () => ({ PLATFORM_TARGET: "embedded", EMBEDDED_ROOT: scratch.path(".embedded") });
  const edit = (from: string, to: string) => {
    const file = scratch.path("config/dev.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace(from, to));
  };
  const destroy = (...args: string[]) => scratch.start("destroy", ["dev", ...args], terraform).ended;
  let terraform: NodeJS.ProcessEnv;

  beforeAll(async () => {
    scratch = await ScratchProject.create();
    await scratch.node("scripts/setup/make-secrets.ts");
    terraform = { ...embeddedVariables(scratch.path(".embedded"), "dev", process.env.PATH), ...here() };
    const deployed = await scratch.start("deploy", ["dev", "--yes"], terraform).ended;
    expect(deployed).toMatchObject({ code: 0 });
  });
  afterAll(() => scratch.remove());

  test("what would go is named, and nothing goes unasked", async () => {
    const { code, output } = await destroy();

    expect(output).toMatch(/google_bigquery_dataset +trips_marts +its tables/);
    expect(output).toContain("Nothing was changed.");
    expect(code).toBe(1);
  });

  test("who says yes to the stack hasn't said yes to the data", async () => {
    expect(await destroy("--yes")).toMatchObject({ code: 1, output: expect.stringContaining("Nothing was changed.") });
  });

  test("an environment that keeps its data is left alone, and it says what to do", async () => {
    edit("allowsDataDeletion: true", "allowsDataDeletion: false");

    expect(await destroy("--yes-delete-data")).toMatchObject({
      code: 1,
      output: expect.stringContaining("dev keeps its data: nothing was changed."),
    });
  });

  test("then nothing of it is left, and a second time there is nothing to do", async () => {
    edit("allowsDataDeletion: false", "allowsDataDeletion: true");

    expect(await destroy("--yes-delete-data")).toMatchObject({ code: 0 });
    const { resources } = JSON.parse(readFileSync(scratch.path(".embedded/dev/terraform.tfstate"), "utf8")) as { resources: unknown[] };
    expect(resources).toEqual([]);
    expect(await destroy("--yes-delete-data")).toMatchObject({ output: expect.stringContaining("Nothing of dev is deployed.") });
  });
});
