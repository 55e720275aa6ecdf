import type { ITerraformDependable } from "cdktf";

/** What a {@link PropagationWait} needs to know. */
export interface PropagationWaitProps {
  /** How long Google needs; the variable PROPAGATION_SECONDS of the machine that deploys goes before it. */
  readonly seconds: number;

  /** What was changed: the wait is repeated when any of these values changes, and only then. */
  readonly triggers: Readonly<Record<string, unknown>>;

  /**
   * What has to be done before the wait begins, besides what the triggers refer to.
   *
   * @default []
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}
