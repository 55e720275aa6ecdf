import { join } from "node:path";
import { Catalog } from "../../embedded/catalog/catalog";
import { deployedBrokers } from "../../embedded/engines/kafka/deployed-kafka";
import { usualPorts } from "../../embedded/engines/kafka/kafka-options";
import { KafkaEngine } from "../../embedded/engines/kafka/kafka-engine";
import { readRunning } from "../../embedded/engines/kafka/running-file";
import { runningServices } from "../../embedded/engines/kafka/stop";
import { paths, root } from "../local-dev";
import { CommandError } from "../terminal/failure";

/** What set-up has installed of Kafka: a Java runtime, and its jars. */
export const kafkaSoftware = { java: join(paths.root, "kafka/java/bin/java"), libs: join(paths.root, "kafka/libs") };

/** Whether the deployed dev environment has a Kafka. */
export const isKafkaDeployed = (): boolean => deployedBrokers(new Catalog(paths.catalog())) > 0;

/**
 * Kafka for the dev environment on this machine.
 *
 * @param brokers @default - as many as run now; where none does, as many as are deployed
 * @throws CommandError when none is deployed
 */
export function localKafka(brokers?: number): KafkaEngine {
  const deployed = deployedBrokers(new Catalog(paths.catalog()));
  if (deployed === 0) {
    throw new CommandError("No Kafka is deployed to this machine: write streaming.kind: kafka in config/dev.yaml, then npm start.");
  }
  const size = brokers ?? runningBrokers() ?? deployed;
  const secrets = join(root, ".secrets");
  return new KafkaEngine({ folder: paths.folder, ...kafkaSoftware, secrets, brokers: size, ports: usualPorts(size, firstPort()) });
}

/** The first broker's port, where another one is asked for by EMBEDDED_KAFKA_PORT. @throws CommandError for what can't be one */
function firstPort(given = process.env.EMBEDDED_KAFKA_PORT): number | undefined {
  if (given === undefined || given === "") return undefined;
  const port = Number(given);
  if (Number.isInteger(port) && port >= 2000 && port <= 65_000) return port;
  throw new CommandError(`EMBEDDED_KAFKA_PORT: expected a port from 2000 to 65000, but there stands "${given}".`);
}

function runningBrokers(): number | undefined {
  const runs = runningServices(paths.folder).some(({ name }) => /^kafka-\d+$/.test(name));
  return runs ? readRunning(paths.folder)?.brokers : undefined;
}
