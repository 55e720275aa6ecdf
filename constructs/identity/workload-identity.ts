import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import { ServiceAccount } from "@cdktf/provider-google/lib/service-account";
import { ServiceAccountIamMember } from "@cdktf/provider-google/lib/service-account-iam-member";
import { Construct } from "constructs";
import type { Grantee } from "./grantee";
import type { WorkloadIdentityProps } from "./workload-identity-props";

/**
 * The service account of one workload, without keys: what it may do is granted by the resources themselves (`lake.raw.grantRead(identity)`),
 * and whoever needs to act as it is granted just that.
 *
 * ### Cost
 * None.
 *
 * @throws Error when the account's id would break Google's rules (6 to 30 of a-z, 0-9 and dashes).
 * @see https://cloud.google.com/iam/docs/service-accounts-create#creating
 */
export class WorkloadIdentity extends Construct implements Grantee {
  /** The account itself. */
  public readonly account: ServiceAccount;

  /** Names grants to this workload. */
  public readonly id: string;

  /** IAM member; formed from the configuration, so that it is known before the account exists. */
  public readonly member: string;

  private readonly projectId: string;

  constructor(scope: Construct, id: string, props: WorkloadIdentityProps) {
    super(scope, id);
    const { environment, workload, description } = props;
    const accountId = `trips-${workload}`;
    if (!/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(accountId)) {
      throw new Error(
        `The service account id "${accountId}" breaks Google's rules (6 to 30 of a-z, 0-9 and dashes): shorten or mend the workload's name "${workload}".`,
      );
    }
    this.account = new ServiceAccount(this, "account", { accountId, displayName: `Trips platform: ${workload}`, description });
    this.id = workload;
    this.member = this.account.member;
    this.projectId = environment.projectId;
  }

  /**
   * Grants a role on the whole project, for the few that no resource can grant, such as running BigQuery jobs.
   *
   * @throws Error for the primitive roles, which grant far too much.
   */
  public grantProjectRole(role: string): ProjectIamMember {
    if (["roles/owner", "roles/editor", "roles/viewer"].includes(role)) {
      throw new Error(`"${role}" is a primitive role: grant workload "${this.id}" just what it needs, on the resource if that can be.`);
    }
    return new ProjectIamMember(this, role.replace("roles/", ""), { project: this.projectId, role, member: this.member });
  }

  /**
   * Lets the grantee act as the workload with tokens of an hour's life, in place of a key: people by `--impersonate-service-account`, a DAG by
   * its operators' `impersonation_chain`. The grantee can then do all that the workload can.
   *
   * @see https://cloud.google.com/iam/docs/service-account-impersonation
   */
  public grantImpersonation(grantee: Grantee): ServiceAccountIamMember {
    return this.grant(grantee, "impersonation", "roles/iam.serviceAccountTokenCreator");
  }

  /**
   * Lets the grantee start what runs as the workload: clusters, batches, scheduled queries. It gets no token of it.
   *
   * @see https://cloud.google.com/iam/docs/attach-service-accounts
   */
  public grantUse(grantee: Grantee): ServiceAccountIamMember {
    return this.grant(grantee, "use", "roles/iam.serviceAccountUser");
  }

  private grant(grantee: Grantee, what: string, role: string): ServiceAccountIamMember {
    return new ServiceAccountIamMember(this, `${grantee.id}-${what}`, {
      serviceAccountId: this.account.name,
      role,
      member: grantee.member,
    });
  }
}
