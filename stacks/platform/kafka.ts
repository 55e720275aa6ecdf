import type { Construct } from "constructs";
import type { Configuration } from "../../config/configuration";
import { ConfigurationError } from "../../config/configuration-error";
import type { Environment } from "../../constructs/environment/environment";
import { NightSchedule } from "../../constructs/machine/night-schedule";
import { KafkaCluster } from "../../constructs/streaming/kafka-cluster";
import { diskProblem } from "../../constructs/streaming/kafka-sizing";
import { KafkaWatch } from "../../constructs/streaming/kafka-watch";
import type { KafkaOutput } from "../platform-outputs";
import { kafkaSoftware } from "./kafka-software";
import type { StreamingParts } from "./streaming";

/** Kafka as configured. */
export function composeKafka(
  scope: Construct,
  environment: Environment,
  { streaming: { kafka } }: Configuration,
  { workloads, grants, network, encryptionKey, monitoring }: StreamingParts,
): KafkaCluster {
  const { brokers, replication, machineType, zones, diskGigabytes, nights, logins } = kafka;
  if (!network) throw new ConfigurationError([`${environment.name}: streaming.kind kafka needs network: {enabled: true}.`]);
  const problem = diskProblem(diskGigabytes, brokers, replication);
  if (problem !== undefined) throw new ConfigurationError([`${environment.name}: streaming.kafka.diskGigabytes: ${problem}`]);
  const { enabled, ...clock } = nights;
  const nightSchedule = enabled ? new NightSchedule(scope, "kafka-nights", { environment, name: "kafka", ...clock }) : undefined;
  const cluster = new KafkaCluster(scope, "kafka-cluster", {
    environment,
    network,
    identity: workloads.kafka,
    software: kafkaSoftware(),
    brokers,
    replication,
    machineType,
    zones,
    disk: { gigabytes: diskGigabytes, type: kafka.diskType, snapshotDays: kafka.snapshotDays },
    nightSchedule,
    encryptionKey,
    destroyData: true,
  });
  // Spark reads streams, too; people log in as configured. Named after the member: by position, taking out one would take the next one's grant along.
  const { users } = cluster;
  grants.waitFor(...users.grantLogin("consumer", workloads.spark));
  // Compute Engine looks at the right to switch a machine off and on when the machine is made.
  if (nightSchedule) grants.waitFor(nightSchedule.grant);
  // Not the whole cluster: the grants wait for its secrets.
  grants.holdBack(...cluster.machines);
  for (const user of ["admin", "producer", "consumer"] as const)
    for (const member of logins[user]) users.grantLogin(user, { id: `login-${member}`, member });
  if (monitoring) new KafkaWatch(monitoring, "kafka", { broker: workloads.kafka, maxLag: kafka.maxLag, maxDiskShare: kafka.maxDiskShare });
  return cluster;
}

/** How programs and people reach it. */
export const kafkaOutput = ({ bootstrapServers, registryUrl, users, tunnelCommands }: KafkaCluster): KafkaOutput => ({
  bootstrap_servers: bootstrapServers,
  registry_url: registryUrl,
  certificate_secret: users.certificate.secret.secretId,
  password_secrets: Object.fromEntries(Object.entries(users.passwords).map(([user, { secret }]) => [user, secret.secretId])),
  tunnel_commands: tunnelCommands,
});
