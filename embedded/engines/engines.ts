import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Catalog } from "../catalog/catalog";
import type { EmbeddedPaths } from "../paths";
import { reconcileKafka } from "./kafka/deployed-kafka";
import { stopKafka } from "./kafka/stop";
import { reconcileLake } from "./lake/lake";
import { cloudSqlNotServed, deployedPostgres } from "./postgres/deployed-postgres";
import { PostgresServer, reconcilePostgres, stopServer } from "./postgres/postgres";
import { reconcileWarehouse } from "./warehouse/warehouse";

/**
 * Brings lake, warehouse and Postgres in line with what was deployed, and starts what serves it. Kafka starts when it is first needed.
 *
 * @param binaries folder of Postgres's binaries.
 * @returns what was deployed and isn't served here, and why.
 * @throws EmbeddedError naming what stands in the way, such as a port that is taken.
 */
export async function startEngines(paths: EmbeddedPaths, binaries: string): Promise<readonly string[]> {
  const catalog = new Catalog(paths.catalog());
  const volumes = catalog.list("docker_volume").map(({ name }) => name);
  reconcileLake(catalog, paths);
  await reconcilePostgres(volumes, paths);
  await reconcileKafka(catalog, paths.folder);
  const notServed = await reconcileWarehouse(catalog, paths);
  const postgres = deployedPostgres(catalog);
  if (postgres !== undefined) await new PostgresServer(postgres, paths, binaries).start();
  return [...notServed, ...cloudSqlNotServed(catalog)];
}

/** Stops what serves the environment, Kafka too; what they hold stays. Returns what was stopped. */
export async function stopEngines(paths: EmbeddedPaths): Promise<string[]> {
  const stopped = (await stopKafka(paths.folder)).map(titleOf);
  for (const folder of foldersIn(paths.postgres())) {
    if (await stopServer(join(paths.postgres(), folder))) stopped.push("Postgres");
  }
  return stopped;
}

/** Removes all that the environment left on this machine, once it is destroyed. */
export async function removeEverything(paths: EmbeddedPaths): Promise<void> {
  await stopEngines(paths);
  rmSync(paths.folder, { recursive: true, force: true });
}

/** What people call a service of Kafka's. */
function titleOf(service: string): string {
  const titles = new Map([
    ["kafka-registry", "schema registry"],
    ["kafka-connect", "Connect"],
    ["kafka-streams", "stream application"],
  ]);
  return titles.get(service) ?? service.replace("kafka-", "Kafka broker ");
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
