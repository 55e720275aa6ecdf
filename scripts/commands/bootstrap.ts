import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { Bootstrap } from "../../operations/bootstrap/bootstrap";
import { environmentOf, explained } from "../operations/bootstrap-environment";
import { project } from "../operations/project";
import { isEmpty, summary } from "../operations/verdict-table";
import { root } from "../local-dev";
import { confirmed } from "../terminal/confirm";
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
  { yes = false, "dry-run": dryRun = false }: { readonly yes?: boolean; readonly "dry-run"?: boolean },
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
  if (dryRun) {
    if (moves) console.log(`Then the state would move from ${stateFile} to ${bucketUrl}.`);
    return 0;
  }
  if (!isEmpty(planned.plan.content)) {
    if (!yes && !(await confirmed(`Deploy ${name}-bootstrap?`, signal))) {
      console.log("Nothing was changed. To deploy without being asked: --yes");
      return 1;
    }
    await step(
      `Deploy ${name}-bootstrap`,
      (say) => bootstrap.apply(planned, (line) => progress(line, say)),
      () => "done",
    );
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

/** Of Terraform's output, the line per finished resource. */
function progress(line: string, say: (line: string) => void): void {
  if (/: (Creation|Modifications|Destruction) complete/.test(line)) say(line);
}

function parsed() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        "dry-run": { type: "boolean" },
        yes: { type: "boolean" },
        "state-file": { type: "string" },
        debug: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new CommandError(`${(error as Error).message}\n\n${usage}`);
  }
}
