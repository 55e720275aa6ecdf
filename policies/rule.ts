import type { ResourceView } from "./resource-view";
import type { RuleOptions } from "./rule-options";
import type { StackView } from "./stack-view";

/** An error stops the synthesis, a warning is printed. */
export type Severity = "error" | "warning";

/** Something that a rule forbids, at one place. */
export interface Observation {
  readonly on: ResourceView | StackView;

  /** What is there, in one clause: `public_access_prevention isn't "enforced"`. */
  readonly what: string;
}

/** What a rule says of itself. */
export interface RuleDescription {
  /** Lower-case words with dashes; what a suppression names. */
  readonly id: string;
  readonly severity: Severity;

  /** Why it matters, as a sentence. */
  readonly reason: string;

  /** What to do about it, as a sentence. */
  readonly mend: string;

  /**
   * Terraform types that the rule looks at, each with the dotted paths of the attributes and blocks that it reads. A `*` in a type stands for
   * any text; a rule that reads every attribute names none.
   */
  readonly reads: Readonly<Record<string, readonly string[]>>;
}

/** Something that a stack must be, or must not be. */
export interface Rule extends RuleDescription {
  /** Pure: depends on nothing but the stack and the options. */
  check(stack: StackView, options: RuleOptions): Observation[];
}

/** A rule that can be judged one resource at a time. */
export interface ResourceRule extends RuleDescription {
  /** What is wrong with a resource of one of the types that the rule reads: one clause per fault, none if it is fine. */
  check(resource: ResourceView, stack: StackView, options: RuleOptions): string[];
}

/** Makes a rule of one that is judged resource by resource. */
export function resourceRule(rule: ResourceRule): Rule {
  const types = typePattern(Object.keys(rule.reads));
  return {
    ...rule,
    check: (stack, options) =>
      stack.resources
        .filter(({ type }) => types.test(type))
        .flatMap((resource) => rule.check(resource, stack, options).map((what) => ({ on: resource, what }))),
  };
}

/** Matches the Terraform types of `reads`. */
export function typePattern(types: readonly string[]): RegExp {
  return new RegExp(`^(?:${types.map((type) => type.replaceAll("*", "\\w+")).join("|")})$`);
}
