import { Testing } from "cdktf";
import { resolve } from "node:path";
import type { Configuration } from "../../config/configuration";
import { loadConfigurations } from "../../config/load";
import { environmentFile } from "../../config/schema";
import { ciDeployRoles } from "../../constructs/bootstrap/ci-deploy-roles";
import { ciPlanPermissions, ciPlanRoles } from "../../constructs/bootstrap/ci-plan-roles";
import { keptObjects } from "../../constructs/bootstrap/kept-objects";
import { BootstrapStack } from "../../stacks/bootstrap-stack";
import { PlatformStack } from "../../stacks/platform-stack";

const root = resolve(__dirname, "../..");
const fixtures = resolve(__dirname, "../fixtures");

const everything = environmentFile.shape.bootstrap.parse({
  billingAccount: "01ABCD-23EF45-6789AB",
  budget: { amount: 80, currency: "EUR", thresholds: [0.5] },
  github: { ownerId: "1", repositoryId: "2", repository: "acme/trips", environment: "prod" },
});
const nothing = environmentFile.shape.bootstrap.parse({});

const configuration = (name = "dev", variables: Record<string, string> = {}, folder = "config"): Configuration =>
  loadConfigurations({ folder: resolve(fixtures, folder), root, variables }).find((one) => one.name === name)!;

const synth = (bootstrap: Configuration["bootstrap"], variables: Record<string, string> = {}): any =>
  JSON.parse(Testing.synth(new BootstrapStack(Testing.app(), "dev-bootstrap", { ...configuration("dev", variables), bootstrap })));

const types = (json: any): string[] => Object.keys(json.resource).sort();

describe("what is made", () => {
  test("nothing configured: APIs, that stay on, and the bucket of the states", () => {
    const json = synth(nothing);

    expect(types(json)).toEqual(["google_project_service", "google_storage_bucket", "terraform_data"]);
    expect(Object.values<any>(json.resource.google_project_service).every((one) => one.disable_on_destroy === false)).toBe(true);
    expect(Object.values<any>(json.resource.google_storage_bucket).map(({ name }) => name)).toEqual([configuration().stateBucket]);
    expect(Object.keys(json.output)).toEqual(["state_bucket"]);
  });

  test("everything configured: budget and GitHub's identities besides", () => {
    const json = synth(everything);
    const [budget] = Object.values<any>(json.resource.google_billing_budget);

    expect(budget).toMatchObject({ amount: { specified_amount: { units: "80", currency_code: "EUR" } } });
    expect(budget.threshold_rules.map((rule: any) => rule.threshold_percent)).toEqual([0.5, 1]);
    expect(JSON.stringify(json.resource.google_iam_workload_identity_pool_provider)).toContain(":environment:prod");
    expect(Object.keys(json.output).sort()).toEqual([
      "ci_deploy_service_account",
      "ci_plan_service_account",
      "ci_workload_identity_provider",
      "state_bucket",
    ]);
  });

  test("who is told of the budget is a channel of Cloud Monitoring's, whose API is switched on here and not by the platform", () => {
    const bootstrap = environmentFile.shape.bootstrap.parse({
      billingAccount: "01ABCD-23EF45-6789AB",
      budget: { emails: ["finance@example.com"] },
    });
    const apis = (json: any) => Object.values<any>(json.resource.google_project_service).map(({ service }) => service);
    const platform = (section: Configuration["bootstrap"]) =>
      JSON.parse(Testing.synth(new PlatformStack(Testing.app(), "dev", { ...configuration(), bootstrap: section })));
    const json = synth(bootstrap);

    expect(Object.values<any>(json.resource.google_monitoring_notification_channel)).toMatchObject([
      { type: "email", labels: { email_address: "finance@example.com" } },
    ]);
    expect(Object.values<any>(json.resource.google_billing_budget)[0].all_updates_rule.monitoring_notification_channels).toEqual([
      expect.stringMatching(/google_monitoring_notification_channel\..*\.name/),
    ]);
    expect(
      [json, synth(nothing), platform(bootstrap), platform(nothing)].map((one) => apis(one).includes("monitoring.googleapis.com")),
    ).toEqual([true, false, false, true]);
  });

  test("calls are billed to the project: the budget's API wants it", () => {
    expect(synth(nothing).provider.google).toEqual([
      expect.objectContaining({ user_project_override: true, billing_project: configuration().project.id }),
    ]);
  });

  test("everything waits until the APIs answer", () => {
    const json = synth(everything);
    const { google_project_service: _, terraform_data: __, ...waiting } = json.resource;

    for (const made of Object.values<any>(waiting).flatMap((ofType) => Object.values<any>(ofType)))
      expect(made.depends_on).toContainEqual(expect.stringMatching(/^terraform_data\.project_ready/));
  });
});

describe("where its state lies", () => {
  const backend = (variables: Record<string, string>) => synth(nothing, variables).terraform.backend;

  test("in the bucket that it makes", () => {
    expect(backend({})).toEqual({ gcs: { bucket: configuration().stateBucket, prefix: "bootstrap/dev" } });
  });

  test("below the embedded cloud's folder there, beside the platform's", () => {
    const variables = { PLATFORM_TARGET: "embedded", EMBEDDED_ROOT: "/embedded" };

    expect(backend(variables)).toEqual({ local: { path: "/embedded/dev/bootstrap.tfstate" } });
  });

  test("in no state of the platform: the two never share one, and no API is in both", () => {
    const { backend, bootstrapBackend } = configuration();
    const platform = JSON.parse(Testing.synth(new PlatformStack(Testing.app(), "dev", configuration())));
    const services = (json: any): string[] => Object.values<any>(json.resource.google_project_service).map(({ service }) => service);

    expect(backend).not.toEqual(bootstrapBackend);
    expect(services(platform).filter((service) => services(synth(nothing)).includes(service))).toEqual([]);
  });
});

describe.each([
  ["dev", "config"],
  ["prod", "config"],
  ["dev", "everything"],
  ["prod", "everything"],
  ["dev", "machine"],
  ["dev", "pubsub"],
])("continuous integration can plan and deploy %s of fixtures/%s", (name, folder) => {
  const platform = JSON.parse(Testing.synth(new PlatformStack(Testing.app(), name, configuration(name, {}, folder))));
  const google = types(platform).filter((type) => type.startsWith("google_"));

  test.each([
    ["plan", [...ciPlanRoles, ...ciPlanPermissions].flatMap((one) => one.types)],
    ["deploy", ciDeployRoles.flatMap((role) => role.types)],
  ])("a role of ci-%s is there for every type of resource", (_, covered) => {
    expect(google.filter((type) => !covered.some((prefix) => type.startsWith(prefix)))).toEqual([]);
  });

  test("of all objects ci-plan may read those that Terraform keeps", () => {
    const unread = keptObjectNames(platform.resource).filter(
      (object) => !new Function("resource", `return ${keptObjects(configuration(name, {}, folder).project.id)};`)({ name: object }),
    );

    expect(unread).toEqual([]);
  });
});

/** As conditions in IAM name them: `projects/_/buckets/<bucket>/objects/<object>`. */
function keptObjectNames({ google_storage_bucket_object: objects, google_storage_bucket: buckets }: any): string[] {
  return Object.values<any>(objects).flatMap(({ bucket, name, for_each }) => {
    const [, id] = /^\$\{google_storage_bucket\.([^.]+)\.name\}$/.exec(bucket)!;
    const names = name === "${each.key}" ? Object.keys(for_each) : [name];
    return names.map((one: string) => `projects/_/buckets/${buckets[id!].name}/objects/${one}`);
  });
}
