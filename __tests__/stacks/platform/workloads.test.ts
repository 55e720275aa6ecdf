import { resolve } from "node:path";
import type { Configuration } from "../../../config/configuration";
import { loadConfigurations } from "../../../config/load";
import { composeLake } from "../../../stacks/platform/lake";
import { composeWarehouse } from "../../../stacks/platform/warehouse";
import { composeWorkloads, grantWorkloads } from "../../../stacks/platform/workloads";
import { dev, resources, synth } from "../../constructs/synth";

const folder = resolve(__dirname, "../../fixtures/config");
const configuration = loadConfigurations({ folder, variables: {} })[0]!;

function core(settings: Partial<Configuration> = {}): any {
  const all = { ...configuration, ...settings };
  return synth((stack) => {
    const workloads = composeWorkloads(stack, dev);
    const lake = composeLake(stack, dev, all);
    grantWorkloads(stack, workloads, lake, composeWarehouse(stack, dev, all, lake), all);
  });
}

const WORKLOADS = ["dashboards", "ingest", "kafka", "orchestrator", "spark", "transform"].map((name) => `trips-${name}`);

/** `role on account` of every grant to the member. */
function accountGrants(json: any, member: string): string[] {
  return resources(json, "google_service_account_iam_member")
    .filter((grant) => named(json, grant.member) === member)
    .map((grant) => `${grant.role} on ${named(json, grant.service_account_id)}`)
    .sort();
}

/** What a reference to a service account stands for. */
function named(json: any, reference: string): string {
  const [, id] = /^\$\{google_service_account\.(\w+)\./.exec(reference) ?? [];
  return id === undefined ? reference : json.resource.google_service_account[id].account_id;
}

describe("workloads", () => {
  test("one account each", () => {
    const json = synth((stack) => composeWorkloads(stack, dev));

    expect(Object.keys(json.resource)).toEqual(["google_service_account"]);
    expect(resources(json, "google_service_account").map(({ account_id }) => account_id)).toEqual(expect.arrayContaining(WORKLOADS));
  });

  test("the orchestrator acts through others and has no data of its own", () => {
    const json = core();

    expect(accountGrants(json, "trips-orchestrator")).toEqual([
      "roles/iam.serviceAccountTokenCreator on trips-ingest",
      "roles/iam.serviceAccountTokenCreator on trips-transform",
      "roles/iam.serviceAccountUser on trips-spark",
    ]);
    const others = Object.entries<any>(json.resource).filter(
      ([type]) => type.endsWith("_iam_member") && !type.startsWith("google_service_account"),
    );
    const members = others.flatMap(([, all]) => Object.values<any>(all).map(({ member }) => named(json, member)));
    expect(members).not.toContain("trips-orchestrator");
  });

  test("of the lake Spark reads the clean zone; it and Kafka write below a folder each there", () => {
    const json = core();
    const grants = resources(json, "google_storage_bucket_iam_member").map((grant) => ({ ...grant, member: named(json, grant.member) }));
    const of = (member: string) => grants.filter((grant) => grant.member === member);

    expect(of("trips-spark")).toEqual([
      expect.objectContaining({ role: "roles/storage.objectViewer", bucket: expect.stringContaining("clean") }),
      expect.objectContaining({
        role: "roles/storage.objectUser",
        bucket: expect.stringContaining("clean"),
        condition: expect.objectContaining({ expression: expect.stringContaining("-lake-clean/objects/reports/") }),
      }),
    ]);
    expect(of("trips-kafka")).toEqual([
      expect.objectContaining({
        role: "roles/storage.objectUser",
        bucket: expect.stringContaining("clean"),
        condition: expect.objectContaining({ expression: expect.stringContaining("-lake-clean/objects/stream/") }),
      }),
    ]);
  });

  test("developers may act as every workload; by default there are none", () => {
    const developer = "group:engineers@example.com";

    expect(accountGrants(core(), developer)).toEqual([]);
    expect(accountGrants(core({ identity: { developers: [developer], grantPropagationSeconds: 120 } }), developer)).toHaveLength(6);
  });

  test("the wait for grants knows every grant to a workload, a reader or a developer", () => {
    const json = core({ identity: { developers: ["user:ada@example.com"], grantPropagationSeconds: 30 } });
    const [, wait] = Object.entries<any>(json.resource.terraform_data).find(([id]) => id.startsWith("grants_ready_"))!;
    const granted = Object.entries<any>(json.resource)
      .filter(([type]) => /_(iam_member|dataset_access)$/.test(type))
      .flatMap(([type, all]) =>
        Object.entries<any>(all)
          .map(([id, grant]) => ({
            reference: `\${${type}.${id}.id}`,
            to: named(json, grant.member ?? grant.user_by_email ?? grant.iam_member),
          }))
          .filter(({ to }) => WORKLOADS.includes(to) || ["user:ada@example.com", ...configuration.warehouse.readers].includes(to))
          .map(({ reference }) => reference),
      );

    expect(granted.length).toBeGreaterThan(20);
    expect(Object.values(wait.triggers_replace.grants).sort()).toEqual(granted.sort());
    expect(wait.provisioner[0]["local-exec"].command).toContain(":-30}");
  });
});
