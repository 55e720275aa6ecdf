import { alone, isDeployed, serveDev } from "../local-dev";
import { isKafkaDeployed, localKafka } from "../streaming/local-kafka";
import { parsedLine } from "../terminal/command-line";
import { CommandError, runCommand } from "../terminal/failure";
import { step } from "../terminal/steps";
import { usageOf } from "../terminal/usage";

const SIZES = ["1", "3"];
const usage = usageOf("up");

/** `npm run up`: starts again what serves the deployed dev environment, after `npm run down` or a restart of the machine. */
void runCommand(async (signal) => {
  const { values, environment } = parsedLine(process.argv.slice(2), { brokers: { type: "string" } }, usage);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (environment !== undefined) throw new CommandError(`"${environment}" isn't understood.\n\n${usage}`);
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
