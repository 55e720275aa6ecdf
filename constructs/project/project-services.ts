import { ProjectService } from "@cdktf/provider-google/lib/project-service";
import { Aspects, DataResource, type IAspect, TerraformResource, TerraformVariable } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import type { ProjectServicesProps } from "./project-services-props";

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
  public readonly ready: DataResource;

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
    this.ready = new DataResource(this, "ready", {
      triggersReplace: { services: services.join(" ") },
      // Enabling answers before the API does: a resource made at once gets 403 SERVICE_DISABLED.
      provisioners: [{ type: "local-exec", command: `sleep "$\${PROPAGATION_SECONDS:-${String(propagationSeconds)}}"` }],
      dependsOn: [...this.services],
    });
  }

  /** Makes every Google resource below the constructs, but none of its own, wait until the APIs answer; those added later as well. */
  public holdBack(...constructs: readonly IConstruct[]): void {
    for (const construct of constructs) Aspects.of(construct).add(new WaitsFor(this));
  }

  // Not an error of synthesis: other environments deploy without this one's id. The variable is for deployments that reach no project.
  private refusePlan(environmentName: string, missing: readonly { setting: string; variable: string }[]): void {
    const accepted = new TerraformVariable(this, "accepts-placeholder", {
      type: "bool",
      default: false,
      description: "Whether to deploy under the placeholders that stand for a project id or number that is not set.",
    });
    accepted.overrideLogicalId("accepts_placeholder_project");
    new DataResource(this, "id-is-set", {
      lifecycle: {
        precondition: missing.map(({ setting, variable }) => ({
          condition: accepted.value,
          errorMessage: `No Google project is set for "${environmentName}": set ${setting} in config/${environmentName}.yaml or the variable ${variable}.`,
        })),
      },
    });
  }
}

class WaitsFor implements IAspect {
  constructor(private readonly project: ProjectServices) {}

  public visit(node: IConstruct): void {
    const { ready } = this.project;
    if (!TerraformResource.isTerraformResource(node) || !node.terraformResourceType.startsWith("google_")) return;
    if (node.node.scopes.includes(this.project)) return;
    node.dependsOn = [...(node.dependsOn ?? []), `${ready.terraformResourceType}.${ready.friendlyUniqueId}`];
  }
}
