import type { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import type { Finding } from "./finding";
import type { Rule } from "./rule";
import type { RuleOptions } from "./rule-options";
import { constructsOf, StackView } from "./stack-view";
import { suppressionsOn, type Suppression } from "./suppress";

/** What to judge a stack by. */
export interface RulePackProps extends RuleOptions {
  readonly rules: readonly Rule[];
}

/** A finding and the construct that it is about. */
export interface Assessment {
  readonly finding: Finding;
  readonly construct: IConstruct;
}

const UNUSED = {
  rule: "unused-suppression",
  severity: "warning",
  reason: "A suppression that nothing needs hides the next mistake.",
  mend: "Take it out, or mend the rule's name.",
} as const;

/** What the rules find in a stack, without what is suppressed, and with the suppressions that nothing needed. */
export function assess(stack: TerraformStack, { rules, ...options }: RulePackProps): Assessment[] {
  const view = new StackView(stack);
  const used = new Set<string>();
  const suppressions = constructsOf(stack).flatMap(suppressionsOn);
  const key = ({ construct, rule }: Suppression) => `${rule} ${construct.node.path}`;

  const found = rules.flatMap((rule) =>
    rule.check(view, options).flatMap(({ on, what }) => {
      const above = new Set(on.construct.node.scopes);
      const exceptions = suppressions.filter((one) => one.rule === rule.id && above.has(one.construct));
      for (const exception of exceptions) used.add(key(exception));
      if (exceptions.length > 0) return [];
      const { id, severity, reason, mend } = rule;
      const type = "type" in on ? { type: on.type } : {};
      return [{ construct: on.construct, finding: { rule: id, severity, what, path: on.path, ...type, reason, mend } }];
    }),
  );
  const unused = suppressions
    .filter((suppression) => !used.has(key(suppression)))
    .map(({ construct, rule }) => ({
      construct,
      finding: { ...UNUSED, what: `rule "${rule}" is suppressed but finds nothing`, path: construct.node.path },
    }));
  return [...found, ...unused];
}
