import type { Configuration } from "../config/configuration";
import { allRules, RulePack } from "../policies";

/** The rules that all stacks of the configured environments must keep. */
export function rulePack(configurations: readonly Configuration[]): RulePack {
  const bootstraps = new Map(configurations.map((one) => [`${one.name}-bootstrap`, one]));
  const stacks = new Map([...bootstraps, ...configurations.map((one) => [one.name, one] as const)]);
  const protectsData = (stack: string) => stacks.get(stack)?.allowsDataDeletion === false;
  return new RulePack({
    rules: allRules,
    protectsData,
    // Whether a billing account is configured or not: an environment that matters spends money in either case.
    expectsBudget: (stack) => bootstraps.has(stack) && protectsData(stack),
    location: (stack) => stacks.get(stack)?.location,
    requiredLabels: ["environment"],
  });
}
