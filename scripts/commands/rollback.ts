import { tripTables } from "../../contracts/tables";
import { alone, isDeployed } from "../local-dev";
import { requireHere } from "../pipelines/environment";
import { ingest } from "../pipelines/ingest";
import { monthIn, servicesIn } from "../pipelines/options";
import { parsedLine } from "../terminal/command-line";
import { besideAirflow, conclude, localAirflow, newRunId, runPipelines, serve } from "../pipelines/run";
import { CommandError, runCommand } from "../terminal/failure";
import { step } from "../terminal/steps";
import { usageOf } from "../terminal/usage";

const usage = usageOf("rollback");

const options = {
  service: { type: "string" },
  month: { type: "string" },
  to: { type: "string" },
  "accept-anyway": { type: "boolean" },
} as const;

/** `npm run rollback`: the earlier delivery becomes current in the lake, then one run takes it through all stages. */
void runCommand(async (signal) => {
  const { values, environment } = parsedLine(process.argv.slice(2), options, usage);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  requireHere(environment, usage, isDeployed());
  const known = tripTables.map(({ service }) => service);
  const [service, ...more] = servicesIn("--service", values.service, known) ?? [];
  if (service === undefined || more.length > 0) throw new CommandError(`--service: name one of ${known.join(", ")}.\n\n${usage}`);
  if (values.month === undefined) throw new CommandError(`--month: name the month, e.g. 2024-01.\n\n${usage}`);
  const month = monthIn("--month", values.month);
  if (values.to !== undefined && !/^(previous|[0-9a-f]{4,64})$/.test(values.to))
    throw new CommandError(`--to: expected previous, or at least 4 hex digits of a delivery's sha256, but there stands "${values.to}".`);
  const asked = ["rollback", "--service", service, "--month", month];
  if (values.to === undefined) {
    process.stdout.write(await ingest(asked, { runId: newRunId(), signal }));
    return 0;
  }
  asked.push("--to", values.to, ...(values["accept-anyway"] ? ["--accept-anyway"] : []));

  return alone(
    "npm run rollback",
    async () => {
      const airflow = localAirflow();
      const settings = await besideAirflow(airflow, serve, signal);
      const change = await step(
        `Go back to an earlier delivery of ${service} ${month}`,
        (say) => ingest(asked, { runId: newRunId(), onLine: say, signal }),
        () => "lake and stores hold it",
      );
      process.stdout.write(change);
      // The lake as the source: the marts follow, and nothing newer comes in on the way.
      conclude(await runPipelines(airflow, { source: "lake", services: [service], months: month }, signal), settings);
      return 0;
    },
    signal,
  );
});
