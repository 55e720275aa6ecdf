import type { Severity } from "./rule";

/** A rule that a stack breaks, and where. */
export interface Finding {
  /** Id of the rule. */
  readonly rule: string;
  readonly severity: Severity;

  /** What is there. */
  readonly what: string;

  /** Path in the construct tree. */
  readonly path: string;

  /** Terraform type; none when the whole stack is meant. */
  readonly type?: string;
  readonly reason: string;
  readonly mend: string;
}

/** A finding in one paragraph for people. */
export function describeFinding({ rule, what, path, type, reason, mend }: Finding): string {
  return `${rule}: ${what}, at ${path}${type === undefined ? "" : ` (${type})`}. ${reason} ${mend}`;
}
