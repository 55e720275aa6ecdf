import { parsedLine } from "../terminal/command-line";
import { applyPlan, planStack, synthesise } from "../../operations/terraform/stack";
import { deployPlan, stopLosses } from "../operations/deploy-plan";
import { refuseDockerOnGitHub } from "../operations/on-github";
import { keysOf, project } from "../operations/project";
import { isEmpty, summary } from "../../operations/guard/summary";
import { CommandError, runCommand } from "../terminal/failure";
import { step } from "../terminal/steps";
import { usageOf } from "../terminal/usage";

const usage = usageOf("deploy");

/** `npm run deploy`. */
void runCommand(async (signal) => {
  const { values, environment: name } = parsedLine(
    process.argv.slice(2),
    {
      "dry-run": { type: "boolean" },
      yes: { type: "boolean" },
      "allow-loss": { type: "string", multiple: true },
    },
    usage,
  );
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (name === undefined) throw new CommandError(`Name the stack, e.g. dev.\n\n${usage}`);
  refuseDockerOnGitHub(name);
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
  stopLosses(plan.content, keys);
  if (isEmpty(plan.content) || values["dry-run"]) return 0;
  const deployed = await deployPlan(name, { yes: values.yes, signal }, (onLine) => applyPlan(stack, plan, { ...here, onLine }));
  return deployed ? 0 : 1;
});
