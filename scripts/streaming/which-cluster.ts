import { resolve } from "node:path";
import { readClientProperties } from "../../pipelines/streaming/client/client-properties";
import type { Cluster } from "../../pipelines/streaming/client/cluster";
import { CommandError } from "../terminal/failure";
import { localKafka } from "./local-kafka";

/** Options of commands that speak to a cluster. */
export const clusterOptions = {
  bootstrap: { type: "string" },
  registry: { type: "string" },
  "client-properties": { type: "string" },
} as const;

/** What was said of the cluster. */
export interface ClusterValues {
  readonly bootstrap?: string;
  readonly registry?: string;
  readonly "client-properties"?: string;
}

/**
 * The cluster that is meant: another one where its address is given, else the one of this machine, which is started where it doesn't run.
 *
 * @throws CommandError where only a part is said; ClientPropertiesError
 */
export async function whichCluster(values: ClusterValues, signal: AbortSignal): Promise<Cluster> {
  const file = values["client-properties"];
  // npm changes to the project's folder; the person stands elsewhere.
  const { bootstrapServers, ...security } = file === undefined ? {} : readClientProperties(resolve(process.env.INIT_CWD ?? ".", file));
  const bootstrap = values.bootstrap ?? bootstrapServers;
  if (bootstrap === undefined) {
    if (file !== undefined) throw new CommandError("--client-properties: it names no bootstrap.servers; give --bootstrap.");
    if (values.registry !== undefined) throw new CommandError("--registry goes with --bootstrap: the address of a broker.");
    return localKafka().start(signal);
  }
  const broker = bootstrap.split(",").find((address) => !/^[^\s:]+:\d{1,5}$|^\[[^\]]+\]:\d{1,5}$/.test(address.trim()));
  if (broker !== undefined) throw new CommandError(`--bootstrap: expected such as 127.0.0.1:9092, but there stands "${broker}".`);
  if (values.registry === undefined) {
    throw new CommandError("--registry is missing: the other cluster's registry, e.g. http://127.0.0.1:8181/apis/ccompat/v7.");
  }
  if (!URL.canParse(values.registry)) throw new CommandError(`--registry: expected an address, but there stands "${values.registry}".`);
  return { bootstrapServers: bootstrap, registryUrl: values.registry.replace(/\/$/, ""), security };
}

/** A number above zero. @throws CommandError for anything else */
export function positiveIn(option: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const number = Number(given);
  if (given.trim() !== "" && Number.isFinite(number) && number > 0) return number;
  throw new CommandError(`${option}: expected a number above 0, but there stands "${given}".`);
}
