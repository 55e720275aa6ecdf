import { judge, type Keys } from "../../operations/guard/judge";
import type { Plan } from "../../operations/guard/plan";
import { confirmed } from "../terminal/confirm";
import { CommandError } from "../terminal/failure";
import { step } from "../terminal/steps";
import { verdictText } from "./verdict-table";

/** Says what a plan does to data. @throws CommandError where it would lose data that not both keys give up */
export function stopLosses(plan: Plan, keys: Keys): void {
  const verdicts = judge(plan, keys);
  if (verdicts.length > 0) console.log(`\n${verdictText(verdicts)}\n`);
  if (verdicts.some(({ severity }) => severity === "stop")) throw new CommandError("Stopped before anything changed: data would be lost.");
}

/**
 * Asks, unless that was answered beforehand, and applies.
 *
 * @param apply is told whom to give Terraform's output, line by line.
 * @returns whether it was applied.
 */
export async function deployPlan(
  name: string,
  { yes = false, signal }: { readonly yes?: boolean; readonly signal: AbortSignal },
  apply: (onLine: (line: string) => void) => Promise<void>,
): Promise<boolean> {
  if (!yes && !(await confirmed(`Deploy ${name}?`, signal))) {
    console.log("Nothing was changed. To deploy without being asked: --yes");
    return false;
  }
  await step(
    `Deploy ${name}`,
    (say) =>
      apply((line) => {
        if (isFinished(line)) say(line);
      }),
    () => "done",
  );
  return true;
}

/** Of Terraform's output, the line per finished resource. */
const isFinished = (line: string): boolean => /: (Creation|Modifications|Destruction) complete/.test(line);
