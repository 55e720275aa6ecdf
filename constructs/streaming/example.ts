import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformOutput, type TerraformStack } from "cdktf";
import type { Environment } from "../environment/environment";
import { WorkloadIdentity } from "../identity/workload-identity";
import { NightSchedule } from "../machine/night-schedule";
import { Monitoring } from "../monitoring/monitoring";
import { Network } from "../network/network";
import { KafkaCluster } from "./kafka-cluster";
import { KafkaWatch } from "./kafka-watch";

/** Three brokers in three zones that are off at night; a program that reads, people that may look, and alerts. */
export function example(stack: TerraformStack, environment: Environment): void {
  const workload = (name: string, description: string) => new WorkloadIdentity(stack, name, { environment, workload: name, description });
  const broker = workload("kafka", "Runs the brokers.");
  const reader = workload("reader", "Reads rides.");
  const network = new Network(stack, "network", { environment });
  network.firewall.allowInternal(broker);
  network.firewall.allowTunnel(broker, [9094, 9095, 9096, 8081]);

  // The stack hands over all of pipelines/streaming/broker; the installer stands for it here.
  const installer = readFileSync(join(__dirname, "../../pipelines/streaming/broker/boot/install.sh"), "utf8");
  const cluster = new KafkaCluster(stack, "cluster", {
    environment,
    network,
    identity: broker,
    software: { "boot/install.sh": installer },
    brokers: 3,
    machineType: "e2-standard-2",
    zones: ["b", "c", "d"],
    disk: { gigabytes: 50 },
    nightSchedule: new NightSchedule(stack, "nights", { environment, name: "kafka", timeZone: "Europe/Brussels" }),
    destroyData: true,
  });
  cluster.users.grantLogin("consumer", reader);
  cluster.users.grantLogin("admin", { id: "engineers", member: "group:engineers@example.com" });

  const monitoring = new Monitoring(stack, "monitoring", { environment, emails: ["oncall@example.com"] });
  new KafkaWatch(monitoring, "kafka", { broker, maxLag: 50_000 });
  new TerraformOutput(stack, "bootstrap-servers", { value: cluster.bootstrapServers });
}
