import { Lazy, type TerraformResource } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { PropagationWait } from "../project/propagation-wait";
import type { GrantPropagationProps } from "./grant-propagation-props";

/**
 * Holds back what acts under an identity (clusters, scheduled queries, scans) until the identity's grants are in force: a grant answers before
 * it works everywhere, and what starts too early fails with 403 though nothing is wrong.
 *
 * The wait is repeated when a grant is added, changed or taken away, and only then; what was held back isn't replaced by that.
 *
 * ### Cost
 * None but the time.
 *
 * @see https://cloud.google.com/iam/docs/access-change-propagation
 */
export class GrantPropagation extends Construct {
  /** Exists once the grants can be relied on; see {@link holdBack}. */
  public readonly ready: PropagationWait;

  private readonly grants: Set<TerraformResource>;

  constructor(scope: Construct, id: string, props: GrantPropagationProps = {}) {
    super(scope, id);
    const { grants = [], seconds = 120 } = props;
    this.grants = new Set(grants);
    // By id: it is unknown until a grant is made, so that a new one repeats the wait; and a reference, so that the wait comes after it.
    const byPath = Lazy.anyValue({ produce: () => Object.fromEntries([...this.grants].map((grant) => [grant.node.path, idOf(grant)])) });
    this.ready = new PropagationWait(this, "ready", { seconds, triggers: { grants: byPath } });
  }

  /** Adds grants to those that are waited for. */
  public waitFor(...grants: readonly TerraformResource[]): void {
    for (const grant of grants) this.grants.add(grant);
  }

  /**
   * Makes every Google resource below the constructs, but for the grants, wait until the grants are in force; those added later as well.
   *
   * What a grant itself needs (its identity, the bucket it is on) must not be below the constructs: Terraform would report a cycle.
   */
  public holdBack(...constructs: readonly IConstruct[]): void {
    this.ready.holdBack(constructs, (resource) => this.grants.has(resource));
  }
}

const idOf = (grant: TerraformResource): string => grant.getStringAttribute("id");
