import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { judge } from "../../operations/guard/judge";
import { applyPlan, planStack, synthesise } from "../../operations/terraform/stack";
import { keysOf, project } from "../operations/project";
import { isEmpty, summary, verdictText } from "../operations/verdict-table";
import { CommandError, runCommand } from "../terminal/failure";
import { step } from "../terminal/steps";
import { usageOf } from "../terminal/usage";

const usage = usageOf("deploy");

/** `npm run deploy`. */
void runCommand(async (signal) => {
  const { values, positionals } = parsed();
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const [name] = positionals;
  if (name === undefined) throw new CommandError(`Name the stack, e.g. dev.\n\n${usage}`);
  const keys = keysOf(name, values["allow-loss"] ?? []);
  const here = project(signal);
  const stack = await step(
    `Synthesise ${name}`,
    () => synthesise(here, name),
    ({ folder }) => folder,
  );
  const plan = await step(
    `Plan ${name}`,
    () => planStack(stack, here),
    ({ content }) => summary(content),
  );
  const verdicts = judge(plan.content, keys);
  if (verdicts.length > 0) console.log(`\n${verdictText(verdicts)}\n`);
  if (verdicts.some(({ severity }) => severity === "stop")) throw new CommandError("Stopped before anything changed: data would be lost.");
  if (isEmpty(plan.content) || values["dry-run"]) return 0;
  if (!values.yes && !(await confirmed(name, signal))) {
    console.log("Nothing was changed. To deploy without being asked: --yes");
    return 1;
  }
  await step(
    `Deploy ${name}`,
    (say) => applyPlan(stack, plan, { ...here, onLine: progress(say) }),
    () => "done",
  );
  return 0;
});

/** Of Terraform's output, the line per finished resource. */
const progress =
  (say: (line: string) => void) =>
  (line: string): void => {
    if (/: (Creation|Modifications|Destruction) complete/.test(line)) say(line);
  };

async function confirmed(name: string, signal: AbortSignal): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await terminal.question(`Deploy ${name}? [y/N] `, { signal })).trim());
  } finally {
    terminal.close();
  }
}

function parsed() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        "dry-run": { type: "boolean" },
        yes: { type: "boolean" },
        "allow-loss": { type: "string", multiple: true },
        debug: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new CommandError(`${(error as Error).message}\n\n${usage}`);
  }
}
