import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadConfigurations } from "../../config/load";
import { isDeployed, paths, root } from "../local-dev";
import { storesInCloud } from "../operations/cloud-settings";
import { cloudOutputs } from "../pipelines/cloud-outputs";
import { isInCloud, requireHere } from "../pipelines/environment";
import { ingest } from "../pipelines/ingest";
import { parsedLine } from "../terminal/command-line";
import { type Status, statusGrid } from "../pipelines/status-grid";
import { CommandError, runCommand } from "../terminal/failure";
import { usageOf } from "../terminal/usage";

const usage = usageOf("status");

/** Seconds to wait for a run that has the warehouse open. */
const WAIT_SECONDS = 30;

/** `npm run status`: a grid of service × month × stage. */
void runCommand(async (signal) => {
  const { values, environment } = parsedLine(process.argv.slice(2), { json: { type: "boolean" }, cloud: { type: "boolean" } }, usage);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const inCloud = isInCloud(environment, values.cloud);
  if (!inCloud) requireHere(environment, usage, isDeployed());
  const settings = inCloud ? await settingsFile(environment, signal) : undefined;
  const output = await ingest(["--lock-wait", String(WAIT_SECONDS), "status"], { settings, signal });
  console.log(values.json ? output.trimEnd() : statusGrid(JSON.parse(output) as Status));
  return 0;
});

/** Settings by which this machine looks into the cloud's lake and warehouse, by whoever is logged in. */
async function settingsFile(environment: string, signal: AbortSignal): Promise<string> {
  const configuration = loadConfigurations().find(({ name }) => name === environment);
  if (configuration === undefined) throw new CommandError(`Name the environment, e.g. dev.\n\n${usage}`);
  const folder = join(paths.root, "cloud", environment);
  const document = storesInCloud(await cloudOutputs(environment, undefined, signal), configuration, { root, folder });
  for (const path of Object.values(document.paths)) mkdirSync(path, { recursive: true });
  const file = join(folder, "settings.json");
  writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`);
  return file;
}
