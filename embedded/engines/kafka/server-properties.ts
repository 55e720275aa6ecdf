import { createHash } from "node:crypto";
import { copies } from "../../../contracts/render/kafka";
import type { KafkaPorts } from "./kafka-options";

/**
 * Properties of one broker, from 1 up. They are those of a machine's (`pipelines/streaming/broker/templates/server.properties`) but for what one
 * person on one machine has no use for: certificates, log-ins, rights, listeners of their own for brokers and tunnels. A test compares.
 *
 * @param data folder of its log
 */
export function serverProperties(broker: number, { clients, controllers }: KafkaPorts, data: string): string {
  const here = (port: number | undefined) => `127.0.0.1:${String(port)}`;
  const [client, controller] = [clients[broker - 1], controllers[broker - 1]].map(here);
  const { replication, inSync } = copies(clients.length);
  const properties = {
    "process.roles": "broker,controller",
    "node.id": broker,
    "controller.quorum.voters": controllers.map((port, index) => `${String(index + 1)}@${here(port)}`).join(","),
    "broker.rack": `here-${String(broker)}`,
    "log.dirs": data,
    listeners: `CLIENT://${String(client)},CONTROLLER://${String(controller)}`,
    "advertised.listeners": `CLIENT://${String(client)}`,
    "listener.security.protocol.map": "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT",
    "inter.broker.listener.name": "CLIENT",
    "controller.listener.names": "CONTROLLER",
    "auto.create.topics.enable": false,
    "default.replication.factor": replication,
    "min.insync.replicas": inSync,
    "unclean.leader.election.enable": false,
    "log.segment.bytes": 67_108_864,
    "log.retention.hours": 168,
    "log.retention.check.interval.ms": 60_000,
    ...internalTopic("offsets.topic", replication),
    ...internalTopic("transaction.state.log", replication),
    "transaction.state.log.min.isr": inSync,
    ...internalTopic("share.coordinator.state.topic", replication),
    "share.coordinator.state.topic.min.isr": inSync,
    // Whoever starts one consumer shouldn't wait three seconds for a second one.
    "group.initial.rebalance.delay.ms": 0,
  };
  return Object.entries(properties)
    .map(([key, value]) => `${key}=${String(value)}\n`)
    .join("");
}

const internalTopic = (name: string, replication: number) => ({
  [`${name}.num.partitions`]: 10,
  [`${name}.replication.factor`]: replication,
});

/** 22 characters, as Kafka has them. A cluster of another size is another one, as on the machines: see `constructs/streaming/kafka-settings.ts`. */
export function clusterId(brokers: number): string {
  const bytes = createHash("sha256")
    .update(`embedded/${String(brokers)}`)
    .digest()
    .subarray(0, 16);
  // Without a dash at its beginning, which would make an option of it.
  bytes.writeUInt8(bytes.readUInt8(0) % 128, 0);
  return bytes.toString("base64url");
}
