import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { TerraformStack } from "cdktf";
import type { Environment } from "../../constructs/environment/environment";
import { GrantPropagation } from "../../constructs/identity/grant-propagation";
import { WorkloadIdentity } from "../../constructs/identity/workload-identity";
import { Lake } from "../../constructs/lake/lake";
import { LakeBucket } from "../../constructs/lake/lake-bucket";
import { useBackend } from "../../stacks/backend";
import { temporaryFolder } from "../embedded/provider/temporary-folder";
import { actions, type Build, Deployment } from "./deployment";

jest.setTimeout(60_000);

/** Zones that the workload may read: what the tests change. */
let zones: readonly ("raw" | "clean")[] = ["raw"];

const build: Build = (app, name, configuration) => {
  const stack = new TerraformStack(app, name);
  useBackend(stack, configuration.backend);
  const { project, location, labels } = configuration;
  const environment: Environment = {
    name,
    projectId: project.id,
    projectNumber: project.number,
    location,
    labels,
    allowsDataDeletion: true,
  };
  new GoogleProvider(stack, "google", { project: project.id });
  const spark = new WorkloadIdentity(stack, "spark", { environment, workload: "spark", description: "Reads." });
  const lake = new Lake(stack, "lake", { environment });
  const grants = new GrantPropagation(stack, "grants", { grants: zones.map((zone) => lake[zone].grantRead(spark)) });
  const worker = new LakeBucket(stack, "worker", { environment: { ...environment, projectId: "acme-worker" }, zone: "raw" });
  grants.holdBack(worker);
};

/** The kinds of what a plan touches, with what it does to them. */
const done = (lines: readonly string[]): string[] => lines.map((line) => line.replace(/_[0-9A-F]{8}/, "")).sort();

describe("the wait for grants, under Terraform", () => {
  const deployment = new Deployment(temporaryFolder(), "dev", "grants", build, { binary: "terraform", configurations: "config" });
  beforeAll(() => deployment.prepare());

  test("ends by itself, and a second deploy has nothing to do", async () => {
    await deployment.apply(await deployment.plan());

    expect(actions(await deployment.plan())).toEqual([]);
    expect(deployment.catalog.list("google_storage_bucket").map(({ name }) => name)).toContain("acme-worker-lake-raw");
  });

  test("isn't repeated when something else changes", async () => {
    deployment.configure((file) => (file.labels = { application: "renamed" }));
    const plan = await deployment.plan();

    expect(done(actions(plan)).filter((line) => !/^google_storage_bucket\..*: update$/.test(line))).toEqual([]);
    await deployment.apply(plan);
  });

  test("is repeated for a new grant, and replaces nothing that it holds back", async () => {
    zones = ["raw", "clean"];
    const plan = await deployment.plan();

    expect(done(actions(plan))).toEqual([
      "google_storage_bucket_iam_member.lake_clean_spark-read: create",
      "terraform_data.grants_ready: delete and create",
    ]);
    await deployment.apply(plan);
    expect(actions(await deployment.plan())).toEqual([]);
  });

  test("is repeated for a grant that somebody took away by hand", async () => {
    const [grant] = deployment.catalog.list("google_storage_bucket_iam_member");
    deployment.catalog.delete("google_storage_bucket_iam_member", grant!.id);
    const plan = await deployment.plan();

    expect(done(actions(plan))).toEqual([
      expect.stringMatching(/^google_storage_bucket_iam_member\..*: create$/),
      "terraform_data.grants_ready: delete and create",
    ]);
    await deployment.apply(plan);
    expect(actions(await deployment.plan())).toEqual([]);
  });

  test("a destroy leaves nothing", async () => {
    await deployment.destroy();

    expect(deployment.types()).toEqual([]);
  });
});
