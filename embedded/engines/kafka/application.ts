import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { javaProgram } from "./java";
import { addressesOf, clusterFolder, type KafkaOptions } from "./kafka-options";
import type { Program } from "./program";

/** A program of ours that works on the cluster's streams. */
export interface Application {
  /** Folder of its compiled classes. */
  readonly classes: string;

  /** Its class: it is given a file with a client's properties. */
  readonly main: string;

  /** What else it is given. @default - nothing */
  readonly args?: readonly string[];

  /** Most MiB of its heap. @default 384 */
  readonly heap?: number;
}

/** Name of the stream application's service. */
export const APPLICATION = "kafka-streams";

/** How it is started, as on the machines: `pipelines/streaming/broker/units/trips-streams.service`. */
export function applicationProgram(options: KafkaOptions, { classes, main, args = [], heap = 384 }: Application): Program {
  const folder = join(clusterFolder(options), "streams");
  const state = join(folder, "state");
  const properties = join(folder, "client.properties");
  const { bootstrapServers, registryUrl } = addressesOf(options);
  mkdirSync(state, { recursive: true });
  writeFileSync(properties, `bootstrap.servers=${bootstrapServers}\n`);
  return {
    ...javaProgram(options, APPLICATION, { heap, classes, thorough: true, main: [main, properties, ...args] }),
    environment: { SCHEMA_REGISTRY_URL: registryUrl, STATE_DIRECTORY: state },
  };
}
