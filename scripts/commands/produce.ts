import { fileURLToPath } from "node:url";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { localText } from "../../pipelines/streaming/avro/schemas";
import { type Cluster, why } from "../../pipelines/streaming/client/cluster";
import { closedBefore } from "../../pipelines/streaming/producer/end-of-replay";
import { newestEventTime } from "../../pipelines/streaming/producer/newest-event-time";
import { replay, type ReplayProgress, type ReplaySummary } from "../../pipelines/streaming/producer/replay";
import { countRides, monthFiles, STREAMED_SERVICES } from "../../pipelines/streaming/producer/rides";
import { isDeployed, type LocalSettings, paths } from "../local-dev";
import { existingFolder, monthIn, servicesIn } from "../pipelines/options";
import { clusterOptions, positiveIn, whichCluster } from "../streaming/which-cluster";
import { parsedLine } from "../terminal/command-line";
import { CommandError, runCommand } from "../terminal/failure";
import { StatusLine } from "../terminal/status-line";
import { usageOf } from "../terminal/usage";

const usage = usageOf("produce");

const options = {
  month: { type: "string" },
  service: { type: "string" },
  rate: { type: "string" },
  "speed-up": { type: "string" },
  lake: { type: "string" },
  ...clusterOptions,
} as const;

/** `npm run produce`: a month's rides, as a stream. */
void runCommand(async (signal) => {
  const { values, environment } = parsedLine(process.argv.slice(2), options, usage);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (environment !== undefined) throw new CommandError(`"${environment}" isn't understood: months are named by --month.\n\n${usage}`);
  if (values.month === undefined) throw new CommandError(`--month is missing.\n\n${usage}`);
  const [rate, speedUp] = [positiveIn("--rate", values.rate), positiveIn("--speed-up", values["speed-up"])];
  if (rate !== undefined && speedUp !== undefined) throw new CommandError("--rate and --speed-up both say how quickly: give one.");
  const services = servicesIn("--service", values.service, STREAMED_SERVICES);
  const rides = {
    clean: cleanZone(values.lake),
    month: monthIn("--month", values.month),
    services,
    scratch: join(paths.folder, "scratch"),
  };
  // Before a cluster is started for nothing.
  monthFiles(rides);
  const cluster = await whichCluster(values, signal);
  const all = await countRides(rides);
  console.log(`${count(all)} ${[...monthFiles(rides).keys()].join(" and ")} rides of ${rides.month} to ${cluster.bootstrapServers}`);
  const closed = await closedHours(cluster, signal);
  const late = closed === undefined ? 0 : await countRides(rides, closed);
  if (closed !== undefined && late > 0) console.log(lateText(late, closed));

  const line = new StatusLine();
  const progress = progressText(all);
  let waiting: string | undefined;
  const summary = await replay({
    rides,
    cluster,
    signal,
    rate,
    speedUp,
    onProgress: (now) => {
      if (waiting === undefined) line.show(progress(now));
    },
    onTrouble: (trouble) => {
      const told = waiting;
      waiting = trouble === undefined ? undefined : `Waiting: ${typeof trouble === "string" ? trouble : why(trouble, cluster)}`;
      if (waiting !== undefined) line.show(waiting, told === undefined);
    },
  }).finally(() => {
    line.clear();
  });
  console.log(summaryText(summary, all));
  return summary.isWhole ? 0 : INTERRUPTED;
});

/** Event time before which what is in the topic has closed the hours; undefined where it is empty. */
async function closedHours(cluster: Cluster, signal: AbortSignal): Promise<number | undefined> {
  const newest = await newestEventTime(cluster, "trips.rides", signal);
  return newest === undefined ? undefined : closedBefore(newest);
}

const lateText = (late: number, closed: number): string =>
  `${count(late)} of them are of before ${minute(closed)}: what the topic holds has closed those hours, so the stream application counts none of them that it hasn't yet. To begin anew: npm run streams -- reset --input`;

/** Exit code after Ctrl-C, as shells have it. */
const INTERRUPTED = 130;

/** Folder of the clean zone. */
function cleanZone(given: string | undefined): string {
  if (given !== undefined) return existingFolder("--lake", given);
  if (!isDeployed()) throw new CommandError("Nothing is deployed to this machine yet: run npm start.");
  return fileURLToPath((JSON.parse(readFileSync(paths.settings(), "utf8")) as LocalSettings).lake.clean);
}

/** Says how far it is, and how quickly it has gone since it was asked last. */
function progressText(all: number): (progress: ReplayProgress) => string {
  let [before, at] = [0, performance.now()];
  return ({ acknowledged, eventTime }) => {
    const now = performance.now();
    const rate = ((acknowledged - before) / (now - at)) * 1000;
    [before, at] = [acknowledged, now];
    const time = eventTime === undefined ? "" : `  ${minute(eventTime)}`;
    return `${count(acknowledged)} of ${count(all)}  ${count(Math.round(rate))} events/s${time}`;
  };
}

function summaryText({ acknowledged, seconds, isWhole }: ReplaySummary, all: number): string {
  const rate = `${count(acknowledged)} events in ${seconds.toFixed(1)} s, ${count(Math.round(acknowledged / seconds))} a second`;
  if (isWhole) return `✓ Sent and acknowledged: ${rate}; then the mark that closes the windows, on each partition.`;
  return `Stopped: ${rate}, of ${count(all)}. No mark was sent. The same command sends the month from its beginning; nobody counts a ride twice.`;
}

const minute = (eventTime: number): string => localText(eventTime).slice(0, 16).replace("T", " ");

const count = (number: number): string => number.toLocaleString("en-US");
