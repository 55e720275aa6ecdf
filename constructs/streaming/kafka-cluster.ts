import type { ComputeFirewall } from "@cdktf/provider-google/lib/compute-firewall";
import { Construct } from "constructs";
import { copies, kafkaJson } from "../../contracts/render/kafka";
import { Machine } from "../machine/machine";
import type { KafkaClusterProps } from "./kafka-cluster-props";
import { bootstrapServers, brokerSettings, type ClusterSettings, kafkaPorts, tunnelPort } from "./kafka-settings";
import { checkBrokers, diskProblem, heapMebibytes } from "./kafka-sizing";
import { KAFKA_DATA_FOLDER, kafkaStartUp } from "./kafka-start-up";
import { KafkaUsers } from "./kafka-users";

/**
 * Kafka on one machine or three, with TLS, passwords and rights; on the first of them the schema registry, Connect and the stream application, too.
 * No machine has a public address; clients in the subnet reach it, and people through Identity-Aware Proxy.
 *
 * ### Cost
 * Per broker e2-medium 26.91 or e2-standard-2 53.81 USD a month around the clock, 0.10 per GiB and month of its disks; between zones 0.01 USD per
 * GiB (from memory). The {@link KafkaUsers}' secrets.
 *
 * @throws Error for brokers without a majority, more copies than brokers, a machine or disk that is too small, or a network without NAT.
 */
export class KafkaCluster extends Construct {
  /** The brokers' machines, the first one first. */
  public readonly machines: readonly Machine[];

  /** Passwords and certificates. */
  public readonly users: KafkaUsers;

  /** Opens Kafka and the schema registry to the subnet. */
  public readonly access: ComputeFirewall;

  /** `host:port,…`, for clients in the network. */
  public readonly bootstrapServers: string;

  /** The schema registry, as clients of Confluent's want it; for clients in the network. */
  public readonly registryUrl: string;

  constructor(scope: Construct, id: string, props: KafkaClusterProps) {
    super(scope, id);
    const { environment, network, identity, encryptionKey, destroyData, nightSchedule, machineType = "e2-medium" } = props;
    if (!network.nat)
      throw new Error("Brokers fetch Java and Kafka from the internet when they start: give the network a NAT (network.nat: true).");
    const cluster = clusterSettings(props);
    const { hosts } = cluster;
    const software = { ...props.software, "topics.json": `${JSON.stringify(kafkaJson(hosts.length, cluster.replication), null, 2)}\n` };

    this.users = new KafkaUsers(this, "users", { environment, broker: identity, encryptionKey, destroyVersions: destroyData });
    this.machines = hosts.map(
      (_host, index) =>
        new Machine(this, `broker-${String(index + 1)}`, {
          environment,
          name: `kafka-${String(index + 1)}`,
          network,
          identity,
          machineType,
          zone: zoneOf(props, index),
          dataDisk: { ...props.disk, mountPoint: KAFKA_DATA_FOLDER },
          startupScript: kafkaStartUp(software, brokerSettings(index + 1, cluster)),
          nightSchedule,
          encryptionKey,
          destroyData,
        }),
    );
    this.access = network.firewall.allowSubnet(identity, network.subnet, [kafkaPorts.client, kafkaPorts.registry]);
    this.bootstrapServers = bootstrapServers(hosts);
    this.registryUrl = `http://${hosts[0] ?? ""}:${String(kafkaPorts.registry)}/apis/ccompat/v7`;
  }

  /** Commands that open a way from one's own machine to each broker, and to the registry; then `localhost:9094` is where clients begin. */
  public get tunnelCommands(): string[] {
    const brokers = this.machines.map((machine, index) => machine.tunnelCommand(tunnelPort(index + 1)));
    return [...brokers, ...this.machines.slice(0, 1).map((machine) => machine.tunnelCommand(kafkaPorts.registry))];
  }
}

/** Ports that tunnels end at, of a cluster with as many brokers. */
export const kafkaTunnelPorts = (brokers: number): number[] => [
  ...Array.from({ length: brokers }, (_, index) => tunnelPort(index + 1)),
  kafkaPorts.registry,
];

const zoneOf = ({ zones = ["b"] }: KafkaClusterProps, index: number): string => zones[index % zones.length] ?? "b";

function clusterSettings(props: KafkaClusterProps): ClusterSettings {
  const { environment, brokers = 1, replication: wanted, machineType = "e2-medium", disk } = props;
  checkBrokers(brokers);
  if (wanted !== undefined && (!Number.isInteger(wanted) || wanted < 1 || wanted > brokers)) {
    throw new Error(
      `${String(wanted)} copies of each partition on ${String(brokers)} brokers: write a number from 1 to ${String(brokers)}.`,
    );
  }
  const { replication, inSync } = copies(brokers, wanted);
  const problem = diskProblem(disk?.gigabytes ?? 20, brokers, replication);
  if (problem !== undefined) throw new Error(`A broker's disk is too small: ${problem}`);
  const zones = Array.from({ length: brokers }, (_, index) => `${environment.location}-${zoneOf(props, index)}`);
  // Google's names for machines within a project: known before there is one.
  const hosts = zones.map((zone, index) => `trips-kafka-${String(index + 1)}.${zone}.c.${environment.projectId}.internal`);
  const heaps = zones.map((_zone, index) => heapMebibytes(machineType, index + 1));
  return { projectId: environment.projectId, hosts, zones, replication, inSync, heapMebibytes: heaps };
}
