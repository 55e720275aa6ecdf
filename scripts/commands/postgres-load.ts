import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadConfigurations } from "../../config/load";
import { tripTables } from "../../contracts/tables";
import { stackOutputs } from "../../operations/terraform/outputs";
import { synthesise } from "../../operations/terraform/stack";
import { paths, root } from "../local-dev";
import { cloudSettings } from "../operations/cloud-settings";
import { project } from "../operations/project";
import { ingest } from "../pipelines/ingest";
import { monthIn, servicesIn } from "../pipelines/options";
import { parsedLine } from "../terminal/command-line";
import { newRunId } from "../pipelines/run";
import { CommandError, runCommand } from "../terminal/failure";
import { step } from "../terminal/steps";
import { usageOf } from "../terminal/usage";

const usage = usageOf("postgres-load");

/** `npm run postgres:load`: what is clean in the cloud, with the developer's own credentials, into the container beside them. */
void runCommand(async (signal) => {
  const options = { service: { type: "string" }, from: { type: "string" }, to: { type: "string" } } as const;
  const { values, environment } = parsedLine(process.argv.slice(2), options, usage);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const configuration = loadConfigurations().find(({ name }) => name === environment);
  if (configuration === undefined) throw new CommandError(`Name the environment, e.g. dev.\n\n${usage}`);
  if (process.env.PLATFORM_TARGET === "embedded")
    throw new CommandError("On this machine the pipelines load Postgres themselves: npm run pipelines -- dev --source lake");
  const wanted = wantedOf(values);
  const folder = join(paths.root, "postgres-load", configuration.name);
  const here = project(signal);
  const outputs = await step(
    `Read what ${configuration.name} tells`,
    async () => stackOutputs(await synthesise(here, configuration.name), here),
    ({ lake_clean_bucket: bucket }) => `gs://${String(bucket)}`,
  );
  const settings = join(folder, "settings.json");
  const document = cloudSettings(outputs, configuration, { root, folder });
  for (const path of Object.values(document.paths)) mkdirSync(path, { recursive: true });
  writeFileSync(settings, `${JSON.stringify(document, null, 2)}\n`);
  const onLine = (line: string): void => console.log(line);
  await ingest(["postgres-load", ...wanted], { settings, runId: newRunId(), signal, onLine });
  return 0;
});

/** As ingest takes it: `--months 2024-01..2024-03`. */
function wantedOf({ service, from, to }: { readonly service?: string; readonly from?: string; readonly to?: string }): string[] {
  const services = servicesIn(
    "--service",
    service,
    tripTables.map((table) => table.service),
  );
  if ((from === undefined) !== (to === undefined))
    throw new CommandError("--from and --to go together: name the first month and the last.");
  const months = from === undefined || to === undefined ? [] : ["--months", `${monthIn("--from", from)}..${monthIn("--to", to)}`];
  return [...(services === undefined ? [] : ["--services", services.join(",")]), ...months];
}
