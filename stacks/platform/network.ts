import type { Construct } from "constructs";
import type { Configuration } from "../../config/configuration";
import type { Environment } from "../../constructs/environment/environment";
import { Network } from "../../constructs/network/network";
import { kafkaTunnelPorts } from "../../constructs/streaming/kafka-cluster";
import type { Workloads } from "./workloads";

/** The network as configured, open for the workloads that run on machines; undefined where it is switched off. */
export function composeNetwork(
  scope: Construct,
  environment: Environment,
  { network: { enabled, cidr, nat, flowLogs, tunnel }, streaming }: Configuration,
  { spark, kafka }: Workloads,
): Network | undefined {
  if (!enabled) return undefined;
  const network = new Network(scope, "network", {
    environment,
    cidr,
    nat,
    flowLogSampling: flowLogs.sampling,
    flowLogInterval: flowLogs.interval,
  });
  const { firewall } = network;
  firewall.allowInternal(spark);
  firewall.allowInternal(kafka);
  firewall.allowTunnel(spark, tunnel.ports);
  const kafkaPorts = streaming.kind === "kafka" ? kafkaTunnelPorts(streaming.kafka.brokers) : [];
  const ports = [...new Set([...tunnel.ports, ...kafkaPorts])];
  firewall.allowTunnel(kafka, ports);
  // Named after the member: by position, taking out one user would take the next one's grant along.
  for (const member of tunnel.users) firewall.grantTunnel({ id: `user-${member}`, member }, ports);
  return network;
}
