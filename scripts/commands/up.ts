import { parseArgs } from "node:util";
import { alone, isDeployed, serveDev } from "../local-dev";
import { isKafkaDeployed, localKafka } from "../streaming/local-kafka";
import { CommandError, runCommand } from "../terminal/failure";
import { step } from "../terminal/steps";

const SIZES = ["1", "3"];

/** `npm run up`: starts again what serves the deployed dev environment, after `npm run down` or a restart of the machine. */
void runCommand(async (signal) => {
  const { values } = parseArgs({ options: { brokers: { type: "string" }, debug: { type: "boolean" }, help: { type: "boolean" } } });
  const brokers = sizeIn(values.brokers);
  if (!isDeployed()) throw new CommandError("Nothing is deployed to this machine yet: run npm start.");
  await alone("npm run up", () => startAll(brokers, signal), signal);
  return 0;
});

async function startAll(brokers: number | undefined, signal: AbortSignal): Promise<void> {
  await step("Start the engines", serveDev, ({ postgres }) => (postgres ? `Postgres on port ${String(postgres.port)}` : "ready"));
  if (brokers === undefined && !isKafkaDeployed()) return;
  await step(
    "Start Kafka",
    () => localKafka(brokers).start(signal),
    ({ bootstrapServers, registryUrl }) => `${bootstrapServers}, schema registry ${registryUrl}`,
  );
}

function sizeIn(given: string | undefined): number | undefined {
  if (given !== undefined && !SIZES.includes(given))
    throw new CommandError(`--brokers: expected ${SIZES.join(" or ")}, but there stands "${given}".`);
  return given === undefined ? undefined : Number(given);
}
