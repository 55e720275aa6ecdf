import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ciDeployRoles } from "../../../constructs/bootstrap/ci-deploy-roles";
import { CiIdentities } from "../../../constructs/bootstrap/ci-identities";
import type { CiIdentitiesProps } from "../../../constructs/bootstrap/ci-identities-props";
import { ciPlanRoles } from "../../../constructs/bootstrap/ci-plan-roles";
import { renderRoles } from "../../../constructs/bootstrap/render-roles";
import { StateBucket } from "../../../constructs/bootstrap/state-bucket";
import { dev, only, resources, synth } from "../synth";

const github = { ownerId: "1234567", repositoryId: "7654321", repository: "acme/trips" };

function made(props: Partial<CiIdentitiesProps> = {}): any {
  return synth((stack) => {
    const stateBucket = new StateBucket(stack, "state", { environment: dev, name: "acme-dev-terraform-state" });
    new CiIdentities(stack, "ci", { environment: dev, stateBucket, ...github, ...props });
  });
}

/** The expression as JavaScript: what it uses of CEL means the same there. */
function duty(claims: Record<string, string>, props: Partial<CiIdentitiesProps> = {}): unknown {
  const expression: string = only(made(props), "google_iam_workload_identity_pool_provider").attribute_mapping["attribute.duty"];
  return new Function("assertion", `return ${expression};`)(claims);
}

const member = (json: any, role: string, account: string): any[] =>
  resources(json, "google_project_iam_member").filter((grant) => grant.role === role && grant.member.includes(account));

describe("who gets in", () => {
  test("tokens of one repository, known by its number and its owner's", () => {
    expect(only(made(), "google_iam_workload_identity_pool_provider")).toMatchObject({
      oidc: { issuer_uri: "https://token.actions.githubusercontent.com" },
      attribute_condition: 'assertion.repository_owner_id == "1234567" && assertion.repository_id == "7654321"',
      attribute_mapping: { "google.subject": "assertion.sub" },
    });
  });

  test.each([
    ["a push to main", "push", "refs/heads/main", "deploy"],
    ["main, started by hand", "workflow_dispatch", "refs/heads/main", "deploy"],
    ["a pull request", "pull_request", "refs/pull/7/merge", "plan"],
    ["the clock, on main", "schedule", "refs/heads/main", "plan"],
    ["the clock, on another branch", "schedule", "refs/heads/feature", "none"],
    ["another branch", "push", "refs/heads/feature", "none"],
    ["a tag that is named like the branch", "push", "refs/tags/main", "none"],
    ["a stranger's code on main", "pull_request_target", "refs/heads/main", "none"],
    ["a stranger's word on main", "issue_comment", "refs/heads/main", "none"],
  ])("%s", (_, event_name, ref, expected) => {
    expect(duty({ event_name, ref, sub: "" })).toBe(expected);
  });

  // GitHub's changelog writes the numbers behind a dash, its documentation behind an @.
  test.each([
    ["by its names", "repo:acme/trips"],
    ["by names and numbers", "repo:acme@1234567/trips@7654321"],
    ["by names and numbers, dashed", "repo:acme-1234567/trips-7654321"],
  ])(
    "with a deployment environment, main alone doesn't suffice, nor does the environment; the subject names the repository %s",
    (_, repo) => {
      const props = { deployEnvironment: "prod" };
      const main = { event_name: "push", ref: "refs/heads/main" };
      const inProd = { sub: `${repo}:environment:prod` };

      expect(duty({ ...main, ...inProd }, props)).toBe("deploy");
      expect(duty({ ...main, sub: `${repo}:ref:refs/heads/main` }, props)).toBe("plan");
      expect(duty({ ...main, sub: `${repo}:environment:not-prod` }, props)).toBe("plan");
      expect(duty({ event_name: "pull_request", ref: "refs/pull/7/merge", ...inProd }, props)).toBe("plan");
      expect(duty({ event_name: "push", ref: "refs/heads/feature", ...inProd }, props)).toBe("none");
    },
  );

  test("another branch to deploy from", () => {
    expect(duty({ event_name: "push", ref: "refs/heads/release" }, { deployBranch: "release" })).toBe("deploy");
  });

  test("each duty opens its own account, and who may deploy may plan", () => {
    const opened = resources(made(), "google_service_account_iam_member").map((grant) => [
      grant.role,
      grant.service_account_id.replace(/.*ci_(\w+)-account.*|.*ci_(\w+)_account.*/, "$1$2"),
      grant.member.replace(/.*attribute/, "attribute"),
    ]);

    expect(opened.sort()).toEqual([
      ["roles/iam.workloadIdentityUser", "deploy", "attribute.duty/deploy"],
      ["roles/iam.workloadIdentityUser", "plan", "attribute.duty/deploy"],
      ["roles/iam.workloadIdentityUser", "plan", "attribute.duty/plan"],
    ]);
  });

  test("what could smuggle something into an expression is refused", () => {
    expect(() => made({ ownerId: '1" || true || "', repository: "acme", deployBranch: 'main" || "', deployEnvironment: '"' })).toThrow(
      /ownerId .* must be digits.*repository "acme" must be <owner>\/<name>.*deployBranch.*deployEnvironment/,
    );
  });
});

describe("what they may do", () => {
  test("ci-plan reads: no role of it can write, use a key, or read data", () => {
    const roles = resources(made(), "google_project_iam_member").filter((grant) => /plan/.test(grant.member));

    expect(
      roles
        .map(({ role }) => role)
        .filter((role) =>
          /\.(\w*[aA]dmin|\w*[eE]ditor|\w*[wW]riter|dataOwner|dataViewer|secretAccessor)$|^roles\/(owner|editor|viewer)$/.test(role),
        ),
    ).toEqual([]);
    expect(member(made(), "roles/storage.objectViewer", "plan")).toHaveLength(1);
    expect(only(made(), "google_project_iam_custom_role").permissions.filter((one: string) => !one.endsWith(".get"))).toEqual([]);
  });

  test.each([
    ["a file without rows", "acme-dev-lake-raw/objects/yellow/month=0000-00/empty.parquet", true],
    ["a delivered file", "acme-dev-lake-raw/objects/yellow/month=2024-01/yellow.parquet", false],
    ["a job's code", "acme-dev-spark/objects/jobs/count/main.py", true],
    ["a folder for event logs", "acme-dev-spark/objects/events/trips/spark-job-history/", true],
    ["an event log", "acme-dev-spark/objects/events/trips/spark-job-history/app-1", false],
    ["what a job writes", "acme-dev-spark-scratch/objects/jobs/count/rows.parquet", false],
    ["a DAG", "acme-dev-airflow/objects/dags/trips.py", true],
    ["what a DAG runs", "acme-dev-airflow/objects/data/pipelines/dbt/dbt_project.yml", true],
    ["what is generated for dbt", "acme-dev-airflow/objects/data/contracts/generated/dbt/sources.yml", true],
    ["what the pipelines are told", "acme-dev-airflow/objects/data/settings.json", true],
    ["what a run leaves behind", "acme-dev-airflow/objects/data/runs/1/plan.json", false],
    ["what a DAG leaves behind", "acme-dev-airflow/objects/data/rows.csv", false],
    ["Airflow's logs", "acme-dev-airflow/objects/logs/run.log", false],
    ["an object of another project", "other-airflow/objects/dags/trips.py", false],
  ])("of objects ci-plan reads those that Terraform keeps: %s", (_, name, may) => {
    const [{ condition }] = member(made(), "roles/storage.objectViewer", "plan");

    expect(new Function("resource", `return ${condition.expression};`)({ name: `projects/_/buckets/${name}` })).toBe(may);
  });

  test("ci-plan reads the state, ci-deploy writes it", () => {
    const grants = resources(made(), "google_storage_bucket_iam_member").map((grant) => [
      grant.role,
      /ci_(plan|deploy)/.exec(grant.member)?.[1],
    ]);

    expect(grants.sort()).toEqual([
      ["roles/storage.objectUser", "deploy"],
      ["roles/storage.objectViewer", "plan"],
    ]);
  });

  test("neither has a primitive role or a key", () => {
    const json = made();

    expect([...ciPlanRoles, ...ciDeployRoles].filter(({ role }) => /^roles\/(owner|editor|viewer)$/.test(role))).toEqual([]);
    expect(resources(json, "google_service_account_key")).toEqual([]);
  });

  test.each([
    ["ci-plan", ciPlanRoles],
    ["ci-deploy", ciDeployRoles],
  ])("the README lists the roles of %s and says why", (heading, roles) => {
    const readme = readFileSync(join(__dirname, "../../../constructs/bootstrap/README.md"), "utf8");

    expect(readme).toContain(`### ${heading}`);
    expect(readme).toContain(renderRoles(roles));
  });
});
