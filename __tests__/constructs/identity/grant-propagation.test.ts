import { GrantPropagation } from "../../../constructs/identity/grant-propagation";
import { WorkloadIdentity } from "../../../constructs/identity/workload-identity";
import { Lake } from "../../../constructs/lake/lake";
import { dev, only, synth } from "../synth";

const spark = (stack: any) => new WorkloadIdentity(stack, "spark", { environment: dev, workload: "spark", description: "Reads." });
const wait = (json: any): [string, any] => Object.entries<any>(json.resource.terraform_data)[0]!;

describe("GrantPropagation", () => {
  test("waits for every grant, and anew when one of them changes", () => {
    const json = synth((stack) => {
      const identity = spark(stack);
      const grants = new GrantPropagation(stack, "grants", { grants: [identity.grantProjectRole("roles/dataproc.worker")], seconds: 90 });
      grants.waitFor(identity.grantUse({ id: "ada", member: "user:ada@example.com" }));
    });
    const [, { triggers_replace, provisioner }] = wait(json);

    expect(provisioner).toEqual([{ "local-exec": { command: 'sleep "$${PROPAGATION_SECONDS:-90}"' } }]);
    expect(triggers_replace.grants).toEqual({
      "stack/spark/dataproc.worker": expect.stringMatching(/^\$\{google_project_iam_member\.\w+\.id\}$/),
      "stack/spark/ada-use": expect.stringMatching(/^\$\{google_service_account_iam_member\.[\w-]+\.id\}$/),
    });
  });

  test("what is held back waits, also what is added later, but not the grants themselves", () => {
    const json = synth((stack) => {
      const identity = spark(stack);
      const lake = new Lake(stack, "lake", { environment: dev });
      const grants = new GrantPropagation(stack, "grants");
      grants.holdBack(lake);
      grants.waitFor(lake.clean.grantRead(identity));
      lake.raw.grantRead({ id: "late", member: "user:late@example.com" });
    });
    const [id] = wait(json);
    const grantOf = (who: RegExp) => Object.entries<any>(json.resource.google_storage_bucket_iam_member).find(([key]) => who.test(key))![1];

    expect(grantOf(/late/).depends_on).toEqual([`terraform_data.${id}`]);
    expect(grantOf(/spark/).depends_on).toBeUndefined();
    expect(only(json, "google_service_account").depends_on).toBeUndefined();
  });

  test("without seconds it waits two minutes", () => {
    const [, { provisioner }] = wait(synth((stack) => new GrantPropagation(stack, "grants")));

    expect(provisioner[0]["local-exec"].command).toContain(":-120}");
  });
});
