import { tripTables } from "../../contracts/tables";
import { alone, isDeployed } from "../local-dev";
import { requireHere } from "../pipelines/environment";
import { monthsBetween, parsedLine, servicesIn, sourceIn } from "../pipelines/options";
import { besideAirflow, conclude, localAirflow, runPipelines, serve } from "../pipelines/run";
import { runCommand } from "../terminal/failure";

const usage = `npm run pipelines -- <environment> [options]
Runs the pipelines once on what is deployed already; what is unchanged since the last run isn't loaded again.

  --service <names>   yellow, green, fhv, fhvhv, with commas between them (default: yellow and green; with lake: all)
  --from <YYYY-MM>    first file month (default: all months of a folder or the lake, the TLC's two newest)
  --to <YYYY-MM>      last file month (default: the newest that the TLC can have published)
  --source <source>   tlc (default); a folder of TLC's files; lake: what was received before, read again;
                      synthetic: generated trips; auto: tlc, or synthetic where the TLC can't be reached
  --debug             where an unforeseen error came from
  --help              this

A month that isn't published yet is named in the report and waited for: the same command takes it once it is there.`;

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
