import { parseArgs } from "node:util";
import { tripTables } from "../../contracts/tables";
import { alone, isDeployed, serveDev } from "../local-dev";
import { ingest } from "../pipelines/ingest";
import { monthIn, servicesIn } from "../pipelines/options";
import { newRunId } from "../pipelines/run";
import { CommandError, runCommand } from "../terminal/failure";
import { usageOf } from "../terminal/usage";

const usage = usageOf("quarantine");

const actions = ["list", "explain", "replay"];

const valued = ["service", "month", "reason", "limit"] as const;
const switches = ["accept-anyway", "json"] as const;

/** What ingest takes as it is. */
const options = (values: ReturnType<typeof parsed>["values"]): string[] => [
  ...valued.flatMap((name) => (values[name] === undefined ? [] : [`--${name}`, values[name]])),
  ...switches.filter((name) => values[name]).map((name) => `--${name}`),
];

/** `npm run quarantine`: the work is ingest's; this checks the command line and keeps other commands off meanwhile. */
void runCommand(async (signal) => {
  const { values, positionals } = parsed(process.argv.slice(2));
  const [action, ...more] = positionals;
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (action === undefined || more.length > 0 || !actions.includes(action))
    throw new CommandError(`Say what to do: ${actions.join(", ")}.\n\n${usage}`);
  if (!isDeployed()) throw new CommandError("Nothing is deployed to this machine yet: run npm start.");
  servicesIn("--service", values.service, [...tripTables.map(({ service }) => service), "zones"]);
  if (values.month !== undefined) monthIn("--month", values.month);
  const args = ["quarantine", action, ...options(values)];
  if (action !== "replay") {
    process.stdout.write(await ingest(args, { signal }));
    return 0;
  }
  return alone(
    "npm run quarantine",
    async () => {
      await serveDev();
      const onLine = (line: string): void => void process.stderr.write(`${line}\n`);
      process.stdout.write(await ingest(args, { runId: newRunId(), signal, onLine }));
      if (!values.json) console.log("\nMarts and dashboard follow with the next run: npm run pipelines -- dev --source lake");
      return 0;
    },
    signal,
  );
});

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        service: { type: "string" },
        month: { type: "string" },
        reason: { type: "string" },
        limit: { type: "string" },
        "accept-anyway": { type: "boolean" },
        json: { type: "boolean" },
        debug: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new CommandError(`${(error as Error).message}\n\n${usage}`);
  }
}
