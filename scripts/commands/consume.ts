import { readable } from "../../pipelines/streaming/avro/readable";
import { why } from "../../pipelines/streaming/client/cluster";
import { follow, type Followed } from "../../pipelines/streaming/consumer/follow";
import { LagAdmin, type PartitionLag } from "../../pipelines/streaming/consumer/lag";
import { Latencies, latencyOf } from "../../pipelines/streaming/consumer/latencies";
import { every } from "../streaming/every";
import { JsonOutput } from "../streaming/json-output";
import { type ConsumeState, rateText, tableText } from "../streaming/consume-view";
import { clusterOptions, whichCluster } from "../streaming/which-cluster";
import { parsedLine } from "../terminal/command-line";
import { CommandError, runCommand } from "../terminal/failure";
import { usageOf } from "../terminal/usage";

const usage = usageOf("consume");

const options = {
  topic: { type: "string", default: "trips.rides" },
  group: { type: "string", default: "trips-consume" },
  "from-beginning": { type: "boolean", default: false },
  format: { type: "string", default: "table" },
  ...clusterOptions,
} as const;

const formats = ["table", "rate", "json"] as const;

/** `npm run consume`: follows a topic as a member of a group. */
void runCommand(async (signal) => {
  const { values, environment } = parsedLine(process.argv.slice(2), options, usage);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (environment !== undefined) throw new CommandError(`"${environment}" isn't understood.\n\n${usage}`);
  const format = formats.find((name) => name === values.format);
  if (format === undefined) throw new CommandError(`--format: there is no "${values.format}"; there are ${formats.join(", ")}.`);
  const { topic, group } = values;
  const output = new JsonOutput();
  const ending = AbortSignal.any([signal, output.closed]);
  const cluster = await whichCluster(values, signal);
  const say = (text: string): void => void process.stderr.write(`${text}\n`);
  say(`${topic} at ${cluster.bootstrapServers}, as a member of the group ${group}; Ctrl-C ends it`);

  const [latencies, asking] = [new Latencies(), new LagAdmin(cluster)];
  let [mine, undecodable, all]: [readonly string[], number, number] = [[], 0, 0];
  let trouble: string | undefined;
  const stop = every(1000, async () => {
    const lag: readonly PartitionLag[] = await asking.lag(group, topic).catch(() => []);
    const state = { period: latencies.end(), lag, mine, undecodable };
    if (trouble === undefined && format !== "json" && !signal.aborted) show(format, state);
  });
  const onRecord = ({ record, value, type }: Followed): Promise<void> | undefined => {
    all += 1;
    latencies.add(latencyOf(value));
    if (format !== "json") return undefined;
    const shown = value !== null && type !== undefined ? readable(type, value) : value;
    const { partition, offset, key } = record;
    const asItCame = value === null && record.value !== null && { bytes: record.value.toString("base64") };
    const headers = record.headers.length > 0 && {
      headers: Object.fromEntries(record.headers.map(([name, each]) => [name, each.toString()])),
    };
    return output.write({ topic, partition, offset: Number(offset), key: key?.toString() ?? null, value: shown, ...asItCame, ...headers });
  };
  let isCommitted: boolean;
  try {
    isCommitted = await follow({
      ...{ cluster, topic, group, signal: ending, onRecord, beforeCommit: () => output.flushed(), fromBeginning: values["from-beginning"] },
      onAssigned: (partitions) => {
        mine = partitions;
        say(
          `partitions of this member: ${partitions.map((each) => each.slice(topic.length + 1)).join(", ") || "none, there are more members than partitions"}`,
        );
      },
      onUndecodable: ({ partition, offset }, reason) => {
        undecodable += 1;
        say(`to trips.dead-letter: partition ${String(partition)}, offset ${String(offset)}: ${reason}`);
      },
      onTrouble: (error) => {
        const told = trouble;
        trouble = error === undefined ? undefined : `Waiting: ${typeof error === "string" ? error : why(error, cluster)}`;
        if (trouble !== undefined && told === undefined) say(trouble);
        if (trouble === undefined && told !== undefined) say("It goes on.");
      },
    });
  } finally {
    stop();
    await asking.close();
  }
  const committed = isCommitted ? "read and committed" : "read, of which the last aren't committed: the group reads them again";
  say(`${all.toLocaleString("en-US")} records ${committed}, ${String(undecodable)} put aside`);
  return 0;
});

/** On a terminal the table stays in its place. */
function show(format: "table" | "rate", state: ConsumeState): void {
  if (format === "rate") process.stdout.write(`${rateText(state)}\n`);
  else process.stdout.write(`${process.stdout.isTTY ? "\x1b[H\x1b[2J" : ""}${tableText(state)}\n\n`);
}
