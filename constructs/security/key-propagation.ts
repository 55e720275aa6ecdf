import { Lazy, type TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { PropagationWait } from "../project/propagation-wait";
import { resolved } from "../project/resolved";
import type { KeyPropagationProps } from "./key-propagation-props";

/**
 * Holds back what uses a key until the key's grants are in force: a grant answers before it works everywhere, and what is made too early is
 * refused though nothing is wrong. It concerns everything in its scope that depends on one of the grants, also what is added later.
 *
 * ### Cost
 * None but the time, whenever another service is let in.
 *
 * @see https://cloud.google.com/kms/docs/consistency
 */
export class KeyPropagation extends Construct {
  /** Exists once the grants can be relied on. */
  public readonly ready: PropagationWait;

  constructor(scope: Construct, id: string, { encryptionKey, seconds = 120 }: KeyPropagationProps) {
    super(scope, id);
    const grants = () => [...encryptionKey.grants];
    // By id: it is unknown until a grant is made, so that a new one repeats the wait; and a reference, so that the wait comes after it.
    const byService = Lazy.anyValue({
      produce: () => Object.fromEntries(grants().map(([service, grant]) => [service, grant.getStringAttribute("id")])),
    });
    this.ready = new PropagationWait(this, "ready", { seconds, triggers: { grants: byService } });
    this.ready.holdBack([scope], (resource) => {
      const needs = this.addresses(resource);
      return !grants().some(([, grant]) => needs.includes(`${grant.terraformResourceType}.${grant.friendlyUniqueId}`));
    });
  }

  /** What a resource depends on, as `type.name`: cdktf keeps it as tokens. */
  private addresses({ dependsOn = [] }: TerraformResource): string[] {
    return resolved(this, dependsOn) as string[];
  }
}
