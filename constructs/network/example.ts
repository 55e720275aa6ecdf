import { TerraformOutput, type TerraformStack } from "cdktf";
import type { Environment } from "../environment/environment";
import { WorkloadIdentity } from "../identity/workload-identity";
import { Network } from "./network";

/** A network in which a Spark cluster and a Kafka machine run, and engineers reach both through Identity-Aware Proxy. */
export function example(stack: TerraformStack, environment: Environment): void {
  const spark = new WorkloadIdentity(stack, "spark", { environment, workload: "spark", description: "Runs Spark jobs." });
  const kafka = new WorkloadIdentity(stack, "kafka", { environment, workload: "kafka", description: "Runs the Kafka broker." });

  const network = new Network(stack, "network", {
    environment,
    cidr: "10.20.0.0/22",
    nat: true,
    flowLogSampling: 0.5,
    flowLogInterval: "INTERVAL_10_MIN",
  });
  network.firewall.allowInternal(spark);
  network.firewall.allowTunnel(spark);
  network.firewall.allowTunnel(kafka, [9094]);
  network.firewall.grantTunnel({ id: "engineers", member: "group:engineers@example.com" }, [9094]);

  // What a cluster of another construct needs to know.
  new TerraformOutput(stack, "subnet", { value: network.subnet.id });
}
