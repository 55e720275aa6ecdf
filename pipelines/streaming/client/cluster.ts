import { Admin, type BaseOptions } from "@platformatic/kafka";
import type { Security } from "./client-properties";
import { StreamingError } from "./streaming-error";

/** A cluster, and the registry beside it. */
export interface Cluster {
  /** Addresses of brokers, e.g. `127.0.0.1:9092,127.0.0.1:9192`. */
  readonly bootstrapServers: string;

  /** Where the registry's API begins. */
  readonly registryUrl: string;

  /** @default nobody logs in, and nothing is encrypted: as brokers on this machine have it */
  readonly security?: Security;
}

/** The cluster can't be had, or hasn't what it should have; the message says what to do. */
export class ClusterError extends StreamingError {
  public override readonly name = "ClusterError";
}

/** What every client of the cluster is made with. */
export const clientOptions = ({ bootstrapServers, security }: Cluster, clientId: string): BaseOptions => ({
  clientId,
  bootstrapBrokers: bootstrapServers.split(",").map((address) => address.trim()),
  ...security,
});

/**
 * How many partitions each topic has.
 *
 * @throws ClusterError where no broker answers, it refuses the log-in, or a topic is missing
 */
export async function partitionsOf(cluster: Cluster, topics: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const admin = new Admin({ ...clientOptions(cluster, "trips-topics"), retries: 1 });
  try {
    const metadata = await admin.metadata({ topics: [...topics] });
    return new Map([...metadata.topics].map(([name, { partitionsCount }]) => [name, partitionsCount]));
  } catch (error) {
    throw new ClusterError(why(error, cluster));
  } finally {
    await admin.close().catch(() => undefined);
  }
}

/** What went wrong with a cluster, and how to mend it. */
export function why(error: unknown, { bootstrapServers }: Cluster): string {
  const messages = messagesOf(error);
  const topic = messages.map((message) => /Unknown topic (\S+)\.$/.exec(message)?.[1]).find((name) => name !== undefined);
  if (topic !== undefined)
    return `The cluster at ${bootstrapServers} has no topic ${topic}: npm run topics makes those that are described.`;
  const denied = messages.find((message) => /sasl|authenti|authoriz/i.test(message));
  if (denied !== undefined) return `The cluster at ${bootstrapServers} refuses this user: ${denied}`;
  if (messages.some((message) => /connect|ECONN|ENOTFOUND|closed|timed out/i.test(message))) {
    return `No broker answers at ${bootstrapServers} (${messages.at(-1) ?? "no reason told"}). On this machine npm run up starts one; for another cluster, look at --bootstrap and at the tunnel.`;
  }
  return `The cluster at ${bootstrapServers}: ${messages.join(" ← ")}`;
}

/** Messages of an error and of what caused it, the cause last. */
function messagesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [String(error)];
  const causes = error instanceof AggregateError ? (error.errors as unknown[]) : error.cause === undefined ? [] : [error.cause];
  return [error.message, ...causes.flatMap(messagesOf)].filter((message) => message !== "");
}
