import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Catalog } from "../../catalog/catalog";
import { stopKafka } from "./stop";

/** Names of brokers' machines, as `constructs/streaming/kafka-cluster.ts` gives them. */
const BROKER = /^trips-kafka-\d+$/;

/** How many brokers were deployed; 0 where the configuration asks for no Kafka. */
export const deployedBrokers = (catalog: Catalog): number =>
  catalog.list("google_compute_instance").filter(({ name }) => BROKER.test(name)).length;

/** Stops and removes what an environment streamed, when Kafka is deployed no longer: its disks are gone in the cloud, too. */
export async function reconcileKafka(catalog: Catalog, folder: string): Promise<void> {
  if (deployedBrokers(catalog) > 0) return;
  await stopKafka(folder);
  rmSync(join(folder, "kafka"), { recursive: true, force: true });
}
