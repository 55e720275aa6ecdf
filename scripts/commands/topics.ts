import { parseArgs } from "node:util";
import { withAdmin } from "../../embedded/engines/kafka/topics";
import { clusterState } from "../streaming/cluster-state";
import { clusterTables, partitionsTable } from "../streaming/cluster-tables";
import { localKafka } from "../streaming/local-kafka";
import { CommandError, runCommand } from "../terminal/failure";
import { usageOf } from "../terminal/usage";

const options = { topic: { type: "string" }, json: { type: "boolean" }, debug: { type: "boolean" }, help: { type: "boolean" } } as const;

/** `npm run topics`: what Kafka holds, and how far its consumers are. */
void runCommand(async (signal) => {
  const { values } = parseArgs({ options });
  if (values.help) {
    console.log(usageOf("topics"));
    return 0;
  }
  const { bootstrapServers } = await localKafka().start(signal);
  const state = await withAdmin(bootstrapServers, clusterState);
  const topic = state.topics.find(({ name }) => name === values.topic);
  if (values.topic !== undefined && topic === undefined) {
    throw new CommandError(`--topic: there is no topic "${values.topic}"; there are ${state.topics.map(({ name }) => name).join(", ")}.`);
  }
  if (values.json) console.log(JSON.stringify(topic ?? state));
  else console.log(topic ? partitionsTable(topic) : clusterTables(state));
  return 0;
});
