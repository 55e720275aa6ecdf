import { ProjectService } from "@cdktf/provider-google/lib/project-service";
import { TerraformVariable } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import type { ProjectServicesProps } from "./project-services-props";
import { PropagationWait } from "./propagation-wait";
import { TerraformData } from "./terraform-data";

/**
 * Switches on the Google APIs that the environment needs, and holds back what depends on them until they answer.
 *
 * They are never switched off on destroy: others in the project may use them.
 *
 * ### Cost
 * None.
 */
export class ProjectServices extends Construct {
  /** One per API, in the given order. */
  public readonly services: readonly ProjectService[];

  /** Exists once every API answers; see {@link holdBack}. */
  public readonly ready: PropagationWait;

  constructor(scope: Construct, id: string, props: ProjectServicesProps) {
    super(scope, id);
    const { environment, services, propagationSeconds = 60, missing = [] } = props;
    if (missing.length > 0) this.refusePlan(environment.name, missing);
    this.services = services.map(
      (service) =>
        new ProjectService(this, service.replace(".googleapis.com", ""), {
          project: environment.projectId,
          service,
          disableOnDestroy: false,
        }),
    );
    // Enabling answers before the API does: a resource made at once gets 403 SERVICE_DISABLED.
    this.ready = new PropagationWait(this, "ready", {
      seconds: propagationSeconds,
      triggers: { services: services.join(" ") },
      dependsOn: this.services,
    });
  }

  /** Makes every Google resource below the constructs, but none of its own, wait until the APIs answer; those added later as well. */
  public holdBack(...constructs: readonly IConstruct[]): void {
    this.ready.holdBack(constructs, (resource) => resource.node.scopes.includes(this));
  }

  // Not an error of synthesis: other environments deploy without this one's id. The variable is for deployments that reach no project.
  private refusePlan(environmentName: string, missing: readonly { setting: string; variable: string }[]): void {
    const accepted = new TerraformVariable(this, "accepts-placeholder", {
      type: "bool",
      default: false,
      description: "Whether to deploy under the placeholders that stand for a project id or number that is not set.",
    });
    accepted.overrideLogicalId("accepts_placeholder_project");
    new TerraformData(this, "id-is-set", {
      lifecycle: {
        precondition: missing.map(({ setting, variable }) => ({
          condition: accepted.value,
          errorMessage: `No Google project is set for "${environmentName}": set ${setting} in config/${environmentName}.yaml or the variable ${variable}.`,
        })),
      },
    });
  }
}
