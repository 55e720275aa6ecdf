import { tripTables } from "../../contracts/tables";
import { alone, isDeployed } from "../local-dev";
import { requireHere } from "../pipelines/environment";
import { monthsBetween, parsedLine, servicesIn, sourceIn } from "../pipelines/options";
import { besideAirflow, conclude, localAirflow, runPipelines, serve } from "../pipelines/run";
import { runCommand } from "../terminal/failure";
import { usageOf } from "../terminal/usage";

const usage = usageOf("pipelines");

/** `npm run pipelines`: one run, without deploying. */
void runCommand(async (signal) => {
  const { values, environment } = parsedLine(
    process.argv.slice(2),
    { service: { type: "string" }, from: { type: "string" }, to: { type: "string" }, source: { type: "string", default: "tlc" } },
    usage,
  );
  if (values.help) {
    console.log(usage);
    return 0;
  }
  requireHere(environment, usage, isDeployed());
  const source = sourceIn("--source", values.source);
  const known = tripTables.map(({ service }) => service);
  const services = servicesIn("--service", values.service, known);
  const months = monthsBetween(values.from, values.to, { source })?.join(",");
  return alone(
    "npm run pipelines",
    async () => {
      const airflow = localAirflow();
      const settings = await besideAirflow(airflow, serve, signal);
      conclude(await runPipelines(airflow, { source, services, months }, signal), settings);
      return 0;
    },
    signal,
  );
});
