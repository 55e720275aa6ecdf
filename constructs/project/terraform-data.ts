import { type TerraformMetaArguments, TerraformResource } from "cdktf";
import type { Construct } from "constructs";

/** What a {@link TerraformData} may be told besides what every resource may. */
export interface TerraformDataProps extends TerraformMetaArguments {
  /**
   * Replaces the resource, and runs its provisioners again, when any of these values changes.
   *
   * @default - it is never replaced
   */
  readonly triggersReplace?: Readonly<Record<string, unknown>>;
}

/**
 * Terraform's own `terraform_data`. Not cdktf's `DataResource`: for each of them cdktf starts `terraform version` while it synthesises, which
 * took longer than all the rest; the stacks name the version that they need instead.
 *
 * @see https://developer.hashicorp.com/terraform/language/resources/terraform-data
 */
export class TerraformData extends TerraformResource {
  private readonly triggersReplace?: Readonly<Record<string, unknown>>;

  constructor(scope: Construct, id: string, { triggersReplace, ...config }: TerraformDataProps) {
    super(scope, id, { terraformResourceType: "terraform_data", ...config });
    this.triggersReplace = triggersReplace;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { triggers_replace: this.triggersReplace };
  }
}
