import type { TerraformResource } from "cdktf";

/** What a {@link GrantPropagation} needs to know. */
export interface GrantPropagationProps {
  /**
   * Grants to wait for, as the `grantX` methods return them; more can be added by `waitFor`.
   *
   * @default []
   */
  readonly grants?: readonly TerraformResource[];

  /**
   * Seconds to wait after a grant was made. Google says that most are in force within 2 minutes, some after 7 and more. The variable
   * PROPAGATION_SECONDS of the machine that deploys goes before it.
   *
   * @default 120
   */
  readonly seconds?: number;
}
