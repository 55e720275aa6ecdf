import type { Configuration } from "../config/configuration";
import { allRules, RulePack } from "../policies";

/** The rules that all stacks of the configured environments must keep. */
export function rulePack(configurations: readonly Configuration[]): RulePack {
  const stacks = new Map(configurations.flatMap((one) => [one.name, `${one.name}-bootstrap`].map((stack) => [stack, one] as const)));
  const budgeted = configurations.filter(({ bootstrap }) => bootstrap.billingAccount !== undefined).map(({ name }) => `${name}-bootstrap`);
  return new RulePack({
    rules: allRules,
    protectsData: (stack) => stacks.get(stack)?.allowsDataDeletion === false,
    expectsBudget: (stack) => budgeted.includes(stack),
    requiredLabels: ["environment"],
  });
}
