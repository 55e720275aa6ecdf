import type { TerraformStack } from "cdktf";

/** The oldest Terraform, or OpenTofu, with all that the stacks use: `terraform_data` and preconditions; set-up asks for the same. */
const REQUIRED = ">= 1.5";

/** Has Terraform refuse the stack by its own words where it is too old. */
export function requireTerraform(stack: TerraformStack): void {
  stack.addOverride("terraform.required_version", REQUIRED);
}
