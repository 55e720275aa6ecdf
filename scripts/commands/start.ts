import { tripTables } from "../../contracts/tables";
import { stopEngines } from "../../embedded/engines/engines";
import { alone, deployDev, type LocalSettings, paths } from "../local-dev";
import { besideAirflow, conclude, localAirflow, runPipelines, serve } from "../pipelines/run";
import { isKafkaDeployed } from "../streaming/local-kafka";
import { streamOne } from "../streaming/stream-one";
import { runCommand } from "../terminal/failure";
import { step } from "../terminal/steps";
import { type StartOptions, startHelp, startOptions } from "./start-options";

/** `npm start`: deploys dev to this machine, runs the pipelines on it, and shows what came of it. */
void runCommand(async (signal) => {
  const options = startOptions(
    process.argv.slice(2),
    tripTables.map(({ service }) => service),
  );
  if (options.help) {
    console.log(startHelp);
    return 0;
  }
  return alone("npm start", () => start(options, signal), signal);
});

async function start({ source, services, months, stream }: StartOptions, signal: AbortSignal): Promise<number> {
  const airflow = localAirflow();
  try {
    const settings = await besideAirflow(airflow, () => deployAndServe(signal), signal);
    const run = await runPipelines(airflow, { source, services, months }, signal);
    const streamed = run.result.state === "success" && isKafkaDeployed() ? await streamOne(settings, stream, signal) : undefined;
    conclude(run, settings, streamed);
    return 0;
  } catch (error) {
    if (signal.aborted) await stopEngines(paths);
    throw error;
  }
}

async function deployAndServe(signal: AbortSignal): Promise<LocalSettings> {
  await step(
    "Deploy dev to this machine",
    () => deployDev(signal),
    ({ added, changed, destroyed }) => `${String(added)} added, ${String(changed)} changed, ${String(destroyed)} destroyed`,
  );
  signal.throwIfAborted();
  return serve();
}
