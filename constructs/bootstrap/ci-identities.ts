import { IamWorkloadIdentityPool } from "@cdktf/provider-google/lib/iam-workload-identity-pool";
import { IamWorkloadIdentityPoolProvider } from "@cdktf/provider-google/lib/iam-workload-identity-pool-provider";
import { ProjectIamCustomRole } from "@cdktf/provider-google/lib/project-iam-custom-role";
import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import { Construct } from "constructs";
import { ciDeployRoles } from "./ci-deploy-roles";
import type { CiIdentitiesProps } from "./ci-identities-props";
import { CiIdentity } from "./ci-identity";
import { ciPlanPermissions, ciPlanRoles } from "./ci-plan-roles";
import { keptObjects } from "./kept-objects";
import { duty } from "./github-duty";

/**
 * Who GitHub's jobs are in the project: `ci-plan` for pull requests, `ci-deploy` for reviewed code on one branch. Jobs prove themselves by
 * GitHub's OpenID Connect token; there is no key to steal.
 *
 * GitHub signs such tokens for every repository of the world: the pool lets in those of one repository, known by its number.
 *
 * ### Cost
 * None.
 *
 * @throws Error when a number, the repository's name or the branch's can't be meant.
 * @see https://cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines
 * @see https://docs.github.com/en/actions/reference/security/oidc
 */
export class CiIdentities extends Construct {
  /** Home of GitHub's jobs in IAM. */
  public readonly pool: IamWorkloadIdentityPool;

  /** Which tokens are believed, and what they say of a job. Its `name` goes into the workflow. */
  public readonly provider: IamWorkloadIdentityPoolProvider;

  /** Plans pull requests: reads settings and the state, no data. */
  public readonly plan: CiIdentity;

  /** What planning must read and no small predefined role allows. */
  public readonly planReader: ProjectIamCustomRole;

  /** Deploys the platform's stack. */
  public readonly deploy: CiIdentity;

  constructor(scope: Construct, id: string, props: CiIdentitiesProps) {
    super(scope, id);
    const { environment, stateBucket, ownerId, repositoryId, repository } = props;
    refuseNonsense(props);
    this.pool = new IamWorkloadIdentityPool(this, "pool", {
      workloadIdentityPoolId: "trips-github",
      displayName: "Trips platform: GitHub",
      description: `Jobs of ${repository}.`,
    });
    this.provider = new IamWorkloadIdentityPoolProvider(this, "provider", {
      workloadIdentityPoolId: this.pool.workloadIdentityPoolId,
      workloadIdentityPoolProviderId: "github-actions",
      displayName: "GitHub Actions",
      description: `Believes tokens of ${repository}, known by its number.`,
      oidc: { issuerUri: "https://token.actions.githubusercontent.com" },
      attributeCondition: `assertion.repository_owner_id == "${ownerId}" && assertion.repository_id == "${repositoryId}"`,
      attributeMapping: {
        "google.subject": "assertion.sub",
        "attribute.repository_id": "assertion.repository_id",
        "attribute.actor": "assertion.actor",
        "attribute.duty": duty(props),
      },
    });

    this.plan = new CiIdentity(this, "plan", {
      environment,
      duty: "plan",
      description: "Plans pull requests: reads settings and the state, no data.",
      roles: ciPlanRoles,
      // Whoever may deploy may look first.
      jobs: this.jobs("plan", "deploy"),
    });
    stateBucket.grantRead(this.plan);
    this.planReader = this.grantPlanReading(environment.projectId);

    this.deploy = new CiIdentity(this, "deploy", {
      environment,
      duty: "deploy",
      description: "Deploys reviewed code.",
      roles: ciDeployRoles,
      jobs: this.jobs("deploy"),
    });
    stateBucket.grantWrite(this.deploy);
  }

  private grantPlanReading(project: string): ProjectIamCustomRole {
    const { member } = this.plan;
    const role = new ProjectIamCustomRole(this.plan, "reader", {
      roleId: "tripsCiPlanReader",
      title: "Trips platform: ci-plan",
      description: "What planning must read and no small predefined role allows.",
      permissions: ciPlanPermissions.map(({ permission }) => permission),
    });
    new ProjectIamMember(this.plan, "reader-grant", { project, role: role.name, member });
    new ProjectIamMember(this.plan, "kept-objects", {
      project,
      role: "roles/storage.objectViewer",
      member,
      condition: { title: "objects that Terraform keeps", expression: keptObjects(project) },
    });
    return role;
  }

  private jobs(...duties: string[]): Record<string, string> {
    const member = (duty: string): string => `principalSet://iam.googleapis.com/${this.pool.name}/attribute.duty/${duty}`;
    return Object.fromEntries(duties.map((duty) => [duty, member(duty)]));
  }
}

function refuseNonsense({ ownerId, repositoryId, repository, deployBranch = "main", deployEnvironment = "any" }: CiIdentitiesProps): void {
  // All of it ends up in expressions that decide who gets in.
  const expected: readonly (readonly [string, string, RegExp, string])[] = [
    ["ownerId", ownerId, /^[0-9]+$/, "digits, as in `gh api repos/<owner>/<name> --jq .owner.id`"],
    ["repositoryId", repositoryId, /^[0-9]+$/, "digits, as in `gh api repos/<owner>/<name> --jq .id`"],
    ["repository", repository, /^[\w.-]+\/[\w.-]+$/, "<owner>/<name>"],
    ["deployBranch", deployBranch, /^[\w./-]+$/, "a branch's name without refs/heads/"],
    ["deployEnvironment", deployEnvironment, /^[\w. -]+$/, "a deployment environment's name"],
  ];
  const complaints = expected
    .filter(([, text, form]) => !form.test(text))
    .map(([name, text, , what]) => `${name} "${text}" must be ${what}`);
  if (complaints.length > 0) throw new Error(`The identities of GitHub's jobs can't be made: ${complaints.join("; ")}.`);
}
