import type { Configuration } from "../../config/configuration";
import { loadConfigurations } from "../../config/load";
import { defaultCredentials } from "../../operations/google/credentials";
import { GoogleApi } from "../../operations/google/google-api";
import { GoogleError } from "../../operations/google/google-error";
import { judge } from "../../operations/guard/judge";
import { applyPlan, planStack, synthesise } from "../../operations/terraform/stack";
import { lostData } from "../../operations/teardown/inventory";
import { leftovers } from "../../operations/teardown/leftovers";
import type { Plan } from "../../operations/guard/plan";
import { isEmpty, summary } from "../../operations/guard/summary";
import { CommandError } from "../terminal/failure";
import { step } from "../terminal/steps";
import { table } from "../terminal/table";
import { keysOf, project } from "./project";
import { verdictText } from "./verdict-table";

/** How a person answers. */
export interface Consent {
  /** Whether it is to go on without being asked. */
  readonly yes: boolean;

  /** Whether data may go without being asked. */
  readonly deletesData: boolean;

  /** Asks; the answer is what was typed. */
  ask(question: string): Promise<string>;
}

/**
 * Destroys an environment's platform where it is deployed; the bootstrap stack, with the bucket of the states, stays.
 *
 * @returns whether it was destroyed.
 * @throws CommandError where the configuration doesn't give up the data that would go.
 */
export async function destroyEnvironment(
  name: string,
  consent: Consent,
  { dryRun, signal }: { dryRun: boolean; signal: AbortSignal },
): Promise<boolean> {
  const configuration = configurationOf(name);
  // Terraform would refuse the plan, in words that don't say how to go on.
  if (!configuration.allowsDataDeletion) throw new CommandError(keepsItsData(name));
  const here = project(signal);
  const stack = await step(
    `Synthesise ${name}`,
    () => synthesise(here, name),
    ({ folder }) => folder,
  );
  const plan = await step(
    `Plan to destroy ${name}`,
    () => planStack(stack, { ...here, destroy: true }),
    ({ content }) => summary(content),
  );
  if (isEmpty(plan.content)) {
    console.log(`Nothing of ${name} is deployed.`);
    return false;
  }
  const lost = lostData(plan.content);
  if (lost.length > 0)
    console.log(
      `\nWith it goes, for good:\n\n${table(
        ["What", "Name", "Data"],
        lost.map((one) => [one.address.split(".")[0] ?? "", one.name, one.what]),
      )}\n`,
    );
  refuseProtected(
    name,
    plan.content,
    lost.map(({ address }) => address),
  );
  if (dryRun) return false;
  if (!(await agreed(configuration, lost.length, consent))) {
    console.log("Nothing was changed.");
    return false;
  }
  await step(
    `Destroy ${name}`,
    (say) =>
      applyPlan(stack, plan, {
        ...here,
        onLine: (line) => {
          if (/: Destruction complete/.test(line)) say(line);
        },
      }),
    () => "done",
  );
  if (process.env.PLATFORM_TARGET !== "embedded") await tellLeftovers(configuration, signal);
  return true;
}

function configurationOf(name: string): Configuration {
  const configurations = loadConfigurations();
  const found = configurations.find((one) => one.name === name);
  if (!found) throw new CommandError(`There is no environment "${name}"; there are ${configurations.map((one) => one.name).join(", ")}.`);
  return found;
}

const keepsItsData = (name: string): string =>
  `${name} keeps its data: nothing was changed.\nTo give it up: set allowsDataDeletion: true in config/${name}.yaml, npm run deploy -- ${name} (which takes the protections off), and repeat.`;

/** What the cloud would refuse half-way is refused before anything went. */
function refuseProtected(name: string, plan: Plan, lost: readonly string[]): void {
  // Named here, by who destroys everything: what has no key of its own is given up with the rest.
  const stopped = judge(plan, keysOf(name, lost)).filter(({ severity }) => severity === "stop");
  if (stopped.length > 0)
    throw new CommandError(
      `Some of it is still protected as deployed; nothing was changed.\n${verdictText(stopped)}\nDeploy first, which takes the protections off: npm run deploy -- ${name}`,
    );
}

async function agreed({ name, project: { id } }: Configuration, holders: number, { yes, deletesData, ask }: Consent): Promise<boolean> {
  if (!yes && !/^y(es)?$/i.test(await ask(`Destroy ${name}? [y/N] `))) return false;
  if (holders === 0 || deletesData) return true;
  return (await ask(`${String(holders)} of these hold data, which nobody can bring back. Type the project's id, ${id}, to go on: `)) === id;
}

async function tellLeftovers({ project: { id }, stateBucket }: Configuration, signal: AbortSignal): Promise<void> {
  try {
    const google = new GoogleApi({ credentials: await defaultCredentials(), signal, endpoint: process.env.GOOGLE_API_ENDPOINT });
    const { found, unread } = await leftovers(google, { project: id, stateBucket });
    if (found.length === 0) console.log(`Nothing else was found in ${id}.`);
    else {
      const rows = found.map(({ what, cost, remove }) => [what, cost, remove]);
      console.log(
        `\nStill in ${id}, some of it perhaps not ours; look before you remove it:\n\n${table(["What", "Cost", "Remove it by"], rows)}`,
      );
    }
    for (const reason of unread) console.log(`Couldn't be looked at: ${reason}`);
  } catch (error) {
    if (!(error instanceof GoogleError)) throw error;
    console.log(`What may be left couldn't be looked at: ${error.message}`);
  }
}
