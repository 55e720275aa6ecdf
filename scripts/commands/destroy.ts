import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { destroy } from "../../embedded/cdktf";
import { removeEverything } from "../../embedded/engines/engines";
import { confirmed } from "../terminal/confirm";
import { runCommand } from "../terminal/failure";
import { step } from "../terminal/steps";
import { table } from "../terminal/table";
import { alone, forgetMovedBackend, paths, root } from "../local-dev";
import { typed } from "../terminal/confirm";
import { destroyEnvironment } from "../operations/destroy-environment";
import { parsedLine } from "../terminal/command-line";
import { usageOf } from "../terminal/usage";

/** `npm run destroy`: without a name dev goes from this machine, with one an environment from where it is deployed. */
void runCommand(async (signal) => {
  const off = { type: "boolean", default: false } as const;
  const options = { yes: off, "yes-delete-data": off, "dry-run": off };
  const { values, environment: name } = parsedLine(process.argv.slice(2), options, usageOf("destroy"));
  if (values.help) {
    console.log(usageOf("destroy"));
    return 0;
  }
  if (name === undefined) return removeFromHere(values.yes, signal);
  const deletesData = values["yes-delete-data"];
  const consent = { yes: values.yes || deletesData, deletesData, ask: (question: string) => typed(question, signal) };
  const destroyed = await destroyEnvironment(name, consent, { dryRun: values["dry-run"], signal });
  return destroyed || values["dry-run"] ? 0 : 1;
});

async function removeFromHere(yes: boolean, signal: AbortSignal): Promise<number> {
  if (!existsSync(paths.folder)) {
    console.log("Nothing is deployed to this machine.");
    return 0;
  }
  console.log(`This removes the dev environment from this machine, with its data:\n\n${whatGoes()}\n`);
  if (!yes && process.stdin.isTTY && !(await confirmed("Remove all of it?", signal))) {
    console.log("Nothing was removed.");
    return 1;
  }
  await alone(
    "npm run destroy",
    async () => {
      if (existsSync(paths.state())) {
        forgetMovedBackend();
        await step(
          "Destroy what was deployed",
          () => destroy({ root, paths, signal }),
          ({ destroyed }) => `${String(destroyed)} resources removed`,
        );
      }
      await step(
        "Remove data, logs and state",
        () => removeEverything(paths),
        () => paths.folder,
      );
    },
    signal,
  );
  console.log("Nothing of it is left. Tools stay cached in .embedded/, the password in .secrets/; deploy again: npm start");
  return 0;
}

function whatGoes(): string {
  const parts = [
    ["Lake", paths.lake()],
    ["Warehouse", paths.warehouse()],
    ["Postgres", paths.postgres()],
    ["Dashboard", paths.dashboard()],
    ["Runs and logs", paths.runs()],
    ["Everything", paths.folder],
  ] as const;
  return table(
    ["What", "Folder", "MB"],
    parts.filter(([, folder]) => existsSync(folder)).map(([what, folder]) => [what, folder, Math.ceil(bytesIn(folder) / 1e6)]),
  );
}

function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + (statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0), 0);
}
