import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeployed, type LocalSettings, paths } from "../local-dev";
import { sinkRides, type SunkRides } from "../streaming/lake-sink";
import { clusterOptions, whichCluster } from "../streaming/which-cluster";
import { parsedLine } from "../terminal/command-line";
import { CommandError, runCommand } from "../terminal/failure";
import { usageOf } from "../terminal/usage";

const usage = usageOf("sink");

const options = { once: { type: "boolean" }, to: { type: "string" }, json: { type: "boolean" }, ...clusterOptions } as const;

/** `npm run sink`: rides from Kafka to Parquet on the lake. */
void runCommand(async (signal) => {
  const { values, environment } = parsedLine(process.argv.slice(2), options, usage);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (environment !== undefined) throw new CommandError(`"${environment}" isn't understood.\n\n${usage}`);
  const to = lakeFolder(values.to);
  const { bootstrapServers, registryUrl } = await whichCluster(values, signal);
  const file = values["client-properties"];
  const clientProperties = file === undefined ? undefined : resolve(process.env.INIT_CWD ?? ".", file);
  const say = (line: string) => void (values.json ? process.stderr : process.stdout).write(`${line}\n`);
  say(`Rides of ${bootstrapServers} to ${to}${values.once ? "" : ", until Ctrl-C"}`);
  const sunk = await sinkRides({ bootstrapServers, registryUrl, clientProperties, to, once: values.once ?? false }, say, signal);
  console.log(values.json ? JSON.stringify(sunk) : summaryText(sunk));
  return 0;
});

/** Where the warehouse looks for them: rides_stream in the bucket of clean files. */
function lakeFolder(given: string | undefined): string {
  if (given !== undefined) return given.startsWith("gs://") ? given : resolve(process.env.INIT_CWD ?? ".", given);
  if (!isDeployed()) throw new CommandError("Nothing is deployed to this machine yet: run npm start, or name a folder by --to.");
  const { lake } = JSON.parse(readFileSync(paths.settings(), "utf8")) as LocalSettings;
  return join(fileURLToPath(lake.clean), "rides_stream");
}

function summaryText({ records, rides, dead_letters, files, missed, seconds }: SunkRides): string {
  const count = (number: number) => number.toLocaleString("en-US");
  const more = [
    ...(dead_letters > 0 ? [`${count(dead_letters)} put aside in trips.dead-letter, for nobody can read them`] : []),
    ...(missed > 0 ? [`${count(missed)} gone from Kafka before they were read`] : []),
  ];
  const read = `${count(rides)} rides of ${count(records)} records, in ${count(files)} files (${seconds.toFixed(1)} s)`;
  return [`✓ On the lake: ${read}`, ...more].join("; ");
}
