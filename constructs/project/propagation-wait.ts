import { Aspects, type IAspect, TerraformResource } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import type { PropagationWaitProps } from "./propagation-wait-props";
import { TerraformData } from "./terraform-data";

/**
 * A pause between a change that Google has accepted and whatever needs it to be in force everywhere: `terraform_data`, which is part of
 * Terraform, where others take a provider for it.
 */
export class PropagationWait extends TerraformData {
  constructor(scope: Construct, id: string, { seconds, triggers, dependsOn = [] }: PropagationWaitProps) {
    super(scope, id, {
      triggersReplace: { ...triggers },
      provisioners: [{ type: "local-exec", command: `sleep "$\${PROPAGATION_SECONDS:-${String(seconds)}}"` }],
      dependsOn: [...dependsOn],
    });
  }

  /** Makes every Google resource below the constructs wait, also those added later, but for those that the wait itself waits for. */
  public holdBack(constructs: readonly IConstruct[], waitsFor: (resource: TerraformResource) => boolean): void {
    for (const construct of constructs) Aspects.of(construct).add(new HeldBack(this, waitsFor));
  }
}

class HeldBack implements IAspect {
  constructor(
    private readonly wait: PropagationWait,
    private readonly exempt: (resource: TerraformResource) => boolean,
  ) {}

  public visit(node: IConstruct): void {
    if (!TerraformResource.isTerraformResource(node) || !node.terraformResourceType.startsWith("google_") || this.exempt(node)) return;
    node.dependsOn = [...(node.dependsOn ?? []), `${this.wait.terraformResourceType}.${this.wait.friendlyUniqueId}`];
  }
}
