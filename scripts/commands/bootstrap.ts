import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { Bootstrap } from "../../operations/bootstrap/bootstrap";
import { environmentOf, explained } from "../operations/bootstrap-environment";
import { deployPlan, stopLosses } from "../operations/deploy-plan";
import { keysOf, project } from "../operations/project";
import { isEmpty, summary } from "../../operations/guard/summary";
import { root } from "../local-dev";
import { CommandError, runCommand } from "../terminal/failure";
import { step } from "../terminal/steps";
import { usageOf } from "../terminal/usage";

const usage = usageOf("bootstrap");

/** `npm run bootstrap`. */
void runCommand(async (signal) => {
  const { values, positionals } = parsed();
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const configuration = environmentOf(positionals[0], usage);
  const { name } = configuration;
  const stateFile = resolve(root, values["state-file"] ?? `.state/${name}-bootstrap.tfstate`);
  const bootstrap = new Bootstrap({ project: project(signal), configuration, stateFile });
  return explained(configuration, stateFile, () => run(bootstrap, name, stateFile, values, signal));
});

async function run(
  bootstrap: Bootstrap,
  name: string,
  stateFile: string,
  { yes, "dry-run": dryRun = false, "allow-loss": allowedLosses = [] }: ReturnType<typeof parsed>["values"],
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

function parsed() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        "dry-run": { type: "boolean" },
        yes: { type: "boolean" },
        "allow-loss": { type: "string", multiple: true },
        "state-file": { type: "string" },
        debug: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new CommandError(`${(error as Error).message}\n\n${usage}`);
  }
}
