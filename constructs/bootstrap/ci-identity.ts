import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import { ServiceAccount } from "@cdktf/provider-google/lib/service-account";
import { ServiceAccountIamMember } from "@cdktf/provider-google/lib/service-account-iam-member";
import { Construct } from "constructs";
import type { Grantee } from "../identity/grantee";
import type { CiIdentityProps } from "./ci-identity-props";

/** The service account that one duty of continuous integration acts under, without keys: GitHub's own word for a job opens it. */
export class CiIdentity extends Construct implements Grantee {
  /** The account itself. */
  public readonly account: ServiceAccount;

  /** Lets jobs act as the account: one per duty that may. */
  public readonly federations: readonly ServiceAccountIamMember[];

  /** One per role. */
  public readonly grants: readonly ProjectIamMember[];

  public readonly id: string;
  public readonly member: string;

  constructor(scope: Construct, id: string, props: CiIdentityProps) {
    super(scope, id);
    const { environment, duty, description, roles, jobs } = props;
    this.account = new ServiceAccount(this, "account", {
      accountId: `trips-ci-${duty}`,
      displayName: `Trips platform: ci-${duty}`,
      description,
    });
    this.id = `ci-${duty}`;
    this.member = this.account.member;
    this.federations = Object.entries(jobs).map(
      ([who, member]) =>
        new ServiceAccountIamMember(this, who === duty ? "federation" : `federation-${who}`, {
          serviceAccountId: this.account.name,
          role: "roles/iam.workloadIdentityUser",
          member,
        }),
    );
    this.grants = roles.map(
      ({ role }) =>
        new ProjectIamMember(this, role.replace("roles/", ""), { project: environment.projectId, role, member: this.account.member }),
    );
  }
}
