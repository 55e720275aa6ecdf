import { join } from "node:path";

/** Where a running cluster is reached; all on 127.0.0.1, without a log-in. */
export interface KafkaAddresses {
  readonly brokers: number;

  /** `127.0.0.1:9092,…`. */
  readonly bootstrapServers: string;

  /** The registry's interface in Confluent's manner. */
  readonly registryUrl: string;

  /** Of Connect, once it is started. */
  readonly connectUrl: string;
}

/** Ports on 127.0.0.1. */
export interface KafkaPorts {
  /** One for each broker. */
  readonly clients: readonly number[];

  /** One for each broker. */
  readonly controllers: readonly number[];
  readonly registry: number;
  readonly connect: number;
}

/** What the engine runs, and where. All paths are absolute. */
export interface KafkaOptions {
  /** Folder of the embedded environment, e.g. `<root>/.embedded/dev`: `kafka/` and `logs/` in it are the engine's. */
  readonly folder: string;

  /** A Java runtime, 17 or newer. */
  readonly java: string;

  /** Folder of the locked jars; `registry/` and `plugins/` lie beside it. */
  readonly libs: string;

  /** 1, or 3 so that partitions have copies. */
  readonly brokers: number;

  /** Folder of files that hold passwords: connectors may refer to each as `${dir:<folder>:<file>}`. @default - to none */
  readonly secrets?: string;

  /** @default {@link usualPorts} */
  readonly ports?: KafkaPorts;
}

/** The first broker's port, unless another one is asked for. */
const FIRST_PORT = 9092;

/**
 * Broker i listens 100 (i - 1) above the first one, its controller one above; registry and Connect, with 8181 and 8183, at the same distance below
 * the first broker whichever port that has: not on their own usual ports, which are everybody's.
 */
export function usualPorts(brokers: number, first = FIRST_PORT): KafkaPorts {
  const each = (from: number) => Array.from({ length: brokers }, (_none, index) => from + 100 * index);
  return { clients: each(first), controllers: each(first + 1), registry: first - 911, connect: first - 909 };
}

export const portsOf = ({ brokers, ports }: KafkaOptions): KafkaPorts => ports ?? usualPorts(brokers);

/** What a cluster of so many brokers keeps: each size is a cluster of its own. */
export const clusterFolder = ({ folder, brokers }: KafkaOptions): string => join(folder, "kafka", String(brokers));

/** Where the cluster of these options is reached. */
export function addressesOf(options: KafkaOptions): KafkaAddresses {
  const ports = portsOf(options);
  return {
    brokers: options.brokers,
    bootstrapServers: ports.clients.map((port) => `127.0.0.1:${String(port)}`).join(","),
    registryUrl: `http://127.0.0.1:${String(ports.registry)}/apis/ccompat/v7`,
    connectUrl: `http://127.0.0.1:${String(ports.connect)}`,
  };
}
