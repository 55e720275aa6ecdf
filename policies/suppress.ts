import { App } from "cdktf";
import type { IConstruct } from "constructs";

const SUPPRESSION = "rule-pack/suppression";

/** An exception from one rule, with the reason for it. */
export interface Suppression {
  readonly construct: IConstruct;
  readonly rule: string;
  readonly reason: string;
}

/**
 * Excepts a construct, and everything below it, from one rule. A suppression that nothing needs is itself reported.
 *
 * @param reason Why the rule is wrong here, for whoever reads the code a year from now.
 * @throws Error when the reason says nothing (less than three words), or the construct is the whole app.
 */
export function suppress(construct: IConstruct, rule: string, reason: string): void {
  if (App.isApp(construct)) throw new Error(`Rule "${rule}" can't be suppressed on the whole app: leave it out of the rule pack instead.`);
  if (reason.trim().split(/\s+/).length < 3) {
    throw new Error(
      `The suppression of rule "${rule}" at ${construct.node.path} gives "${reason}" as its reason: say in a sentence why the rule is wrong there.`,
    );
  }
  construct.node.addMetadata(SUPPRESSION, { rule, reason });
}

/** The suppressions on a construct itself. */
export function suppressionsOn(construct: IConstruct): Suppression[] {
  return construct.node.metadata
    .filter(({ type }) => type === SUPPRESSION)
    .map(({ data }) => ({ construct, ...(data as { rule: string; reason: string }) }));
}
