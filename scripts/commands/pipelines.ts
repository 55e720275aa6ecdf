import { tripTables } from "../../contracts/tables";
import type { DagConf } from "../../embedded/engines/airflow/dag-run";
import { alone, isDeployed } from "../local-dev";
import { cloudAirflow, cloudOptions, type CloudValues } from "../pipelines/cloud-airflow";
import { isInCloud, requireHere } from "../pipelines/environment";
import { askedMonths } from "../pipelines/listed-months";
import { cloudSourceIn, servicesIn, sourceIn } from "../pipelines/options";
import { parsedLine } from "../terminal/command-line";
import { besideAirflow, conclude, localAirflow, runPipelines, serve } from "../pipelines/run";
import { concludeInCloud, followInCloud, runInCloud } from "../pipelines/run-in-cloud";
import { CommandError, runCommand } from "../terminal/failure";
import { usageOf } from "../terminal/usage";

const usage = usageOf("pipelines");

const options = {
  service: { type: "string" },
  months: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
  source: { type: "string", default: "tlc" },
  follow: { type: "string" },
  ...cloudOptions,
} as const;

/** `npm run pipelines`: one run, without deploying. */
void runCommand(async (signal) => {
  const { values, environment } = parsedLine(process.argv.slice(2), options, usage);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const inCloud = isInCloud(environment, values.cloud);
  if (!inCloud) requireHere(environment, usage, isDeployed());
  const source = inCloud ? cloudSourceIn("--source", values.source) : sourceIn("--source", values.source);
  const services = servicesIn(
    "--service",
    values.service,
    tripTables.map(({ service }) => service),
  );
  const conf = { source, services, months: askedMonths(values, source)?.join(",") };
  return inCloud ? there(environment, conf, values, signal) : here(conf, values.follow, signal);
});

async function here(conf: DagConf, follow: string | undefined, signal: AbortSignal): Promise<number> {
  if (follow !== undefined) throw new CommandError("--follow is for a run in the cloud; on this machine a run ends with its command.");
  return alone(
    "npm run pipelines",
    async () => {
      const airflow = localAirflow();
      const settings = await besideAirflow(airflow, serve, signal);
      conclude(await runPipelines(airflow, conf, signal), settings);
      return 0;
    },
    signal,
  );
}

async function there(
  environment: string,
  conf: DagConf,
  values: CloudValues & { readonly follow?: string },
  signal: AbortSignal,
): Promise<number> {
  const at = await cloudAirflow(environment, values, signal);
  const run = values.follow === undefined ? await runInCloud(at, conf, signal) : await followInCloud(at, values.follow, signal);
  await concludeInCloud(at, run);
  return 0;
}
