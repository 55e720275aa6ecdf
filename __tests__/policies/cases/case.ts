import type { TerraformStack } from "cdktf";
import type { RuleOptions } from "../../../policies";

/** Something built, and what a rule says of it. */
export interface Case {
  readonly build: (stack: TerraformStack) => unknown;
  readonly options?: RuleOptions;
  /** Part of what the one finding says; none where the rule must be quiet. */
  readonly says?: string;
}

/** By the id of the rule, then by what is shown. */
export type Cases = Readonly<Record<string, Readonly<Record<string, Case>>>>;

/** A case in which the rule must say one thing. */
export const fires = (says: string, build: Case["build"], options?: RuleOptions): Case => ({ build, says, options });

/** A case in which the rule must say nothing. */
export const quiet = (build: Case["build"], options?: RuleOptions): Case => ({ build, options });
