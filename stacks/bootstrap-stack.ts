import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Configuration } from "../config/configuration";
import { Budget } from "../constructs/bootstrap/budget";
import { CiIdentities } from "../constructs/bootstrap/ci-identities";
import { StateBucket } from "../constructs/bootstrap/state-bucket";
import type { Environment } from "../constructs/environment/environment";
import { EmailChannel } from "../constructs/monitoring/email-channel";
import { ProjectServices } from "../constructs/project/project-services";
import { suppress } from "../policies";
import { useBackend } from "./backend";
import { bootstrapServices } from "./platform/services";
import { requireTerraform } from "./terraform-version";

/**
 * What must be there before an environment's platform can be deployed: its APIs, the bucket of all states, the budget and GitHub's
 * identities. A person deploys it (`npm run bootstrap`), not continuous integration: whoever can change this stack decides who may deploy.
 */
export class BootstrapStack extends TerraformStack {
  public readonly services: ProjectServices;
  public readonly stateBucket: StateBucket;

  /** Where a billing account is configured. */
  public readonly budget?: Budget;

  /** Where a repository on GitHub is configured. */
  public readonly ci?: CiIdentities;

  constructor(scope: Construct, id: string, configuration: Configuration) {
    super(scope, id);
    const { name, project, location, labels, allowsDataDeletion, bootstrap } = configuration;
    const environment: Environment = { name, projectId: project.id, projectNumber: project.number, location, labels, allowsDataDeletion };

    requireTerraform(this);
    useBackend(this, configuration.bootstrapBackend);
    // With a person's credentials the budget's API answers 403 unless the calls are billed to a project.
    new GoogleProvider(this, "google", { project: project.id, region: location, userProjectOverride: true, billingProject: project.id });
    this.services = new ProjectServices(this, "project", {
      environment,
      services: bootstrapServices(configuration),
      missing: project.missing,
    });
    this.services.holdBack(this);

    this.stateBucket = new StateBucket(this, "state", { environment, name: configuration.stateBucket });
    const { billingAccount, budget, github } = bootstrap;
    if (billingAccount !== undefined) {
      const { amount: monthlyAmount, currency, thresholds, emails } = budget;
      // Named after the address: by position, taking out one would change the next one's.
      const channels = emails.map((address) => new EmailChannel(this, `email-${address}`, { environment, address }));
      const notificationChannels = channels.map(({ channel }) => channel.name);
      this.budget = new Budget(this, "budget", { environment, billingAccount, monthlyAmount, currency, thresholds, notificationChannels });
    }
    if (github !== undefined) {
      const { environment: deployEnvironment, ...repository } = github;
      this.ci = new CiIdentities(this, "ci", { environment, stateBucket: this.stateBucket, ...repository, deployEnvironment });
      suppress(
        this.ci.deploy,
        "project-wide-data-roles",
        "It makes what holds data: nothing narrower can be granted before that is there.",
      );
      suppress(this.ci.deploy, "project-wide-impersonation", "It makes the workloads' accounts and hands them to queries in one apply.");
    }
    this.writeOutputs();
  }

  /** What a workflow on GitHub needs to know. */
  private writeOutputs(): void {
    const outputs = {
      state_bucket: this.stateBucket.bucket.name,
      ...(this.ci === undefined
        ? {}
        : {
            ci_workload_identity_provider: this.ci.provider.name,
            ci_plan_service_account: this.ci.plan.account.email,
            ci_deploy_service_account: this.ci.deploy.account.email,
          }),
    };
    for (const [name, value] of Object.entries(outputs)) new TerraformOutput(this, name, { value, staticId: true });
  }
}
