import { confirm, select } from "@inquirer/prompts";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { parsedLine } from "../terminal/command-line";
import { defaultCredentials } from "../../operations/google/credentials";
import { type Clerk, onboard } from "../../operations/onboarding/onboard";
import { root } from "../local-dev";
import { changeText, outlookText } from "../operations/onboarding-text";
import { type Choose, onboardingDesk, projectsToChoose, refuseToChoose } from "../operations/onboarding-desk";
import { CommandError, runCommand } from "../terminal/failure";
import { usageOf } from "../terminal/usage";

const usage = usageOf("onboard");

/** `npm run onboard`. */
void runCommand(async (signal) => {
  const { values, environment } = parsedLine(
    process.argv.slice(2),
    {
      project: { type: "string" },
      "billing-account": { type: "string" },
      location: { type: "string" },
      github: { type: "string" },
      yes: { type: "boolean" },
      "dry-run": { type: "boolean" },
    },
    usage,
  );
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (environment === undefined) throw new CommandError(`Name the environment, e.g. dev.\n\n${usage}`);
  const credentials = await defaultCredentials();
  console.log(`As ${credentials.kind}.\n`);
  const asks = process.stdin.isTTY && !values.yes && !values["dry-run"];
  const desk = await onboardingDesk(environment, values, { credentials, signal, choose: asks ? choose : refuseToChoose });
  const clerk: Clerk = {
    told: (step, outlook) => {
      console.log(outlookText(step, outlook));
    },
    waits: (service) => {
      console.log(`… ${service} is on, but doesn't answer yet: Google takes up to some minutes.`);
    },
    consents: async (step, outlook) => {
      console.log(changeText(step, outlook));
      if (values["dry-run"]) return false;
      return values.yes === true || (asks && (await confirm({ message: "Do this?", default: true }, { signal })));
    },
    runs: (command) => runs(command, signal),
  };
  const patience = process.env.GOOGLE_API_ENDPOINT === undefined ? undefined : 20;
  const ending = await onboard(desk, clerk, { patience, goOn: values["dry-run"], signal });
  console.log(`\n${last(ending, environment, values["dry-run"] === true)}`);
  return ending === "ready" || values["dry-run"] ? 0 : 1;
});

function last(ending: Awaited<ReturnType<typeof onboard>>, environment: string, isDryRun: boolean): string {
  if (isDryRun) return ending === "ready" ? "There is nothing to do." : "Nothing was changed: that is what would be done.";
  if (ending === "ready") return `Ready. Next: npm run deploy -- ${environment}`;
  if (ending === "stuck") return "Once that is mended, repeat the command: it goes on from here.";
  return "Nothing more was changed. To go on without being asked: --yes";
}

const choose: Choose = async (google) => {
  const projects = await projectsToChoose(google);
  if (projects.length === 0) throw new CommandError("These credentials see no project: gcloud projects create <id> makes one.");
  return select({
    message: "Which project?",
    choices: projects.map(({ projectId, name }) => ({ value: projectId, name: `${projectId} (${name})` })),
  });
};

async function runs([name = "", ...args]: readonly string[], signal: AbortSignal): Promise<void> {
  const child = spawn(process.execPath, [join(root, "scripts/run.mjs"), name, ...args], { cwd: root, stdio: "inherit", signal });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0)
    throw new CommandError(`npm run ${name} -- ${args.join(" ")} failed. Once that is mended, repeat: onboarding goes on from here.`);
}
