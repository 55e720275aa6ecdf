import type { KafkaEngine } from "../../embedded/engines/kafka/kafka-engine";
import { lag } from "../../pipelines/streaming/consumer/lag";
import { localKafka } from "../streaming/local-kafka";
import { resetLocalStreams, startStreams } from "../streaming/local-streams";
import { parsedLine } from "../terminal/command-line";
import { CommandError, runCommand } from "../terminal/failure";
import { usageOf } from "../terminal/usage";

const usage = usageOf("streams");

type Verb = (engine: KafkaEngine, options: { readonly input: boolean }, signal: AbortSignal) => Promise<string>;

const verbs: Readonly<Record<string, Verb>> = {
  start: async (engine, _options, signal) => {
    await startStreams(engine, signal);
    return `The stream application runs; its log: ${engine.application.log}`;
  },
  stop: async (engine) => ((await engine.stopApplication()) ? "The stream application has stopped." : "The stream application didn't run."),
  status,
  reset: async (engine, { input }, signal) => {
    await resetLocalStreams(engine, { input }, signal);
    return `The stream application has forgotten all${input ? ", and the rides are dropped" : ""}. npm run streams -- start lets it count anew.`;
  },
};

/** `npm run streams`: the stream application on this machine. */
void runCommand(async (signal) => {
  const { values, environment: name } = parsedLine(process.argv.slice(2), { input: { type: "boolean" } }, usage);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const verb = name === undefined || !Object.hasOwn(verbs, name) ? undefined : verbs[name];
  if (verb === undefined) throw new CommandError(`${name === undefined ? "What to do?" : `"${name}" isn't understood.`}\n\n${usage}`);
  if (values.input && name !== "reset") throw new CommandError(`--input goes with reset.\n\n${usage}`);
  console.log(await verb(localKafka(), { input: values.input ?? false }, signal));
  return 0;
});

/** What can be seen without starting anything. */
async function status(engine: KafkaEngine): Promise<string> {
  const process = engine.application.running();
  const runs =
    process === undefined ? "The stream application doesn't run" : `The stream application runs (process ${String(process.pid)})`;
  if (!(await engine.isRunning())) return `${runs}. Kafka doesn't run, or not all of it: npm run up starts it.`;
  const partitions = await lag(engine.addresses, "trips-streams", "trips.rides");
  const behind = partitions.reduce((sum, partition) => sum + partition.lag, 0);
  return `${runs}; ${behind.toLocaleString("en-US")} rides and marks are to be counted yet. Its log: ${engine.application.log}`;
}
