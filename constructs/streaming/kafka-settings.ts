import { createHash } from "node:crypto";
import { kafkaUsers } from "../../contracts/kafka-users";
import type { copies } from "../../contracts/render/kafka";

/** Ports of every broker; {@link tunnelPort} besides, and 8083 for Connect on the machine itself. */
export const kafkaPorts = { client: 9092, internal: 9091, controller: 9093, registry: 8081, connect: 8083 } as const;

/** A broker's port for tunnels; each has one of its own, since all of them end on the same machine. */
export const tunnelPort = (broker: number): number => 9093 + broker;

/** What the brokers of one cluster have in common. */
export interface ClusterSettings extends ReturnType<typeof copies> {
  readonly projectId: string;

  /** Their names, the first broker's first. */
  readonly hosts: readonly string[];

  /** Their zones, in the same order. */
  readonly zones: readonly string[];

  /** Their brokers' memory in MiB, in the same order. */
  readonly heapMebibytes: readonly number[];
}

/** Settings of one broker, from 1 up, as the installer reads them. */
export function brokerSettings(broker: number, cluster: ClusterSettings): Record<string, string> {
  const { projectId, hosts, zones, replication, inSync, heapMebibytes } = cluster;
  return {
    PROJECT: projectId,
    NODE_ID: String(broker),
    BROKERS: String(hosts.length),
    HOST: hosts[broker - 1] ?? "",
    RACK: zones[broker - 1] ?? "",
    VOTERS: hosts.map((host, index) => `${String(index + 1)}@${host}:${String(kafkaPorts.controller)}`).join(","),
    BOOTSTRAP: bootstrapServers(hosts),
    CLUSTER_ID: clusterId(projectId, hosts.length),
    REPLICATION: String(replication),
    IN_SYNC: String(inSync),
    HEAP_MEBIBYTES: String(heapMebibytes[broker - 1] ?? ""),
    USERS: kafkaUsers.map(({ name }) => name).join(" "),
    LISTEN: "0.0.0.0",
    PORT_CLIENT: String(kafkaPorts.client),
    PORT_INTERNAL: String(kafkaPorts.internal),
    PORT_CONTROLLER: String(kafkaPorts.controller),
    PORT_TUNNEL: String(tunnelPort(broker)),
    PORT_REGISTRY: String(kafkaPorts.registry),
    PORT_CONNECT: String(kafkaPorts.connect),
  };
}

/** Where clients in the network begin. */
export const bootstrapServers = (hosts: readonly string[]): string => hosts.map((host) => `${host}:${String(kafkaPorts.client)}`).join(",");

/**
 * 22 characters, as Kafka has them. Of the project and the number of brokers: brokers that were added to a cluster of one could outvote it with
 * their empty logs, so a cluster of another size has to be another cluster.
 */
function clusterId(projectId: string, brokers: number): string {
  const bytes = createHash("sha256")
    .update(`${projectId}/trips-kafka/${String(brokers)}`)
    .digest()
    .subarray(0, 16);
  // Without a dash at its beginning, which would make an option of it.
  bytes.writeUInt8(bytes.readUInt8(0) % 128, 0);
  return bytes.toString("base64url");
}
