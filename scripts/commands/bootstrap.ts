import { resolve } from "node:path";
import { parsedLine } from "../terminal/command-line";
import { Bootstrap } from "../../operations/bootstrap/bootstrap";
import { environmentOf, explained } from "../operations/bootstrap-environment";
import { deployPlan, stopLosses } from "../operations/deploy-plan";
import { keysOf, project } from "../operations/project";
import { isEmpty, summary } from "../../operations/guard/summary";
import { root } from "../local-dev";
import { runCommand } from "../terminal/failure";
import { step } from "../terminal/steps";
import { usageOf } from "../terminal/usage";

const usage = usageOf("bootstrap");
const options = {
  "dry-run": { type: "boolean" },
  yes: { type: "boolean" },
  "allow-loss": { type: "string", multiple: true },
  "state-file": { type: "string" },
} as const;

/** `npm run bootstrap`. */
void runCommand(async (signal) => {
  const { values, environment } = parsedLine(process.argv.slice(2), options, usage);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const configuration = environmentOf(environment, usage);
  const { name } = configuration;
  const stateFile = resolve(root, values["state-file"] ?? `.state/${name}-bootstrap.tfstate`);
  const bootstrap = new Bootstrap({ project: project(signal), configuration, stateFile });
  return explained(configuration, stateFile, () => run(bootstrap, name, stateFile, values, signal));
});

async function run(
  bootstrap: Bootstrap,
  name: string,
  stateFile: string,
  { yes, "dry-run": dryRun = false, "allow-loss": allowedLosses = [] }: ReturnType<typeof parsedLine<typeof options>>["values"],
  signal: AbortSignal,
): Promise<number> {
  const { bucketUrl } = bootstrap;
  const home = await step(
    "Look where the state is",
    () => bootstrap.locate(),
    (found) => (found === "bucket" ? String(bucketUrl) : "on this machine, if there is one yet"),
  );
  const moves = home === "machine" && bucketUrl !== undefined;
  const planned = await step(
    `Plan ${name}-bootstrap`,
    () => bootstrap.plan(home),
    ({ plan }) => summary(plan.content),
  );
  stopLosses(planned.plan.content, keysOf(`${name}-bootstrap`, allowedLosses));
  if (dryRun) {
    if (moves) console.log(`Then the state would move from ${stateFile} to ${bucketUrl}.`);
    return 0;
  }
  if (!isEmpty(planned.plan.content)) {
    const deployed = await deployPlan(`${name}-bootstrap`, { yes, signal }, (onLine) => bootstrap.apply(planned, onLine));
    if (!deployed) return 1;
  }
  if (moves)
    await step(
      "Move the state into its bucket",
      () => bootstrap.moveState(),
      () => bucketUrl,
    );
  if (home === "bucket") bootstrap.retireLocalState();
  console.log(`Next: npm run deploy -- ${name}`);
  return 0;
}
