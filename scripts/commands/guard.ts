import { readFileSync } from "node:fs";
import { parsedLine } from "../terminal/command-line";
import { judge } from "../../operations/guard/judge";
import { parsePlan, type Plan } from "../../operations/guard/plan";
import { planStack, synthesise } from "../../operations/terraform/stack";
import { keysOf, project } from "../operations/project";
import { summary } from "../../operations/guard/summary";
import { verdictText } from "../operations/verdict-table";
import { CommandError, runCommand } from "../terminal/failure";
import { step } from "../terminal/steps";
import { usageOf } from "../terminal/usage";

const usage = usageOf("guard");

/** `npm run guard`. */
void runCommand(async (signal) => {
  const { values, environment: stack } = parsedLine(
    process.argv.slice(2),
    {
      plan: { type: "string" },
      "allow-loss": { type: "string", multiple: true },
      json: { type: "boolean" },
    },
    usage,
  );
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (stack === undefined) throw new CommandError(`Name the stack, e.g. dev.\n\n${usage}`);
  const keys = keysOf(stack, values["allow-loss"] ?? []);
  const plan = values.plan === undefined ? await planNow(stack, signal, values.json ?? false) : planIn(values.plan);
  const verdicts = judge(plan, keys);
  const stopped = verdicts.some(({ severity }) => severity === "stop");
  if (values.json) console.log(JSON.stringify({ stack, stopped, verdicts }, null, 2));
  else {
    if (verdicts.length > 0) console.log(`\n${verdictText(verdicts)}\n`);
    console.log(`${stack}: ${summary(plan)}. ${stopped ? "Stopped: data would be lost." : "No data is lost that isn't given up."}`);
  }
  return stopped ? 1 : 0;
});

async function planNow(name: string, signal: AbortSignal, quiet: boolean): Promise<Plan> {
  const here = project(signal);
  // Nothing is applied; and ci-plan may only read the state, while whoever may lock it may write it.
  const plan = async () => (await planStack(await synthesise(here, name), { ...here, lock: false })).content;
  return quiet ? plan() : step(`Plan ${name}`, plan, summary);
}

function planIn(file: string): Plan {
  try {
    return parsePlan(readFileSync(file, "utf8"), file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") throw new CommandError(`--plan: there is no file ${file}.`);
    throw error;
  }
}
