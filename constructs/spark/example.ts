import { join } from "node:path";
import { TerraformOutput, type TerraformStack } from "cdktf";
import type { Environment } from "../environment/environment";
import { GrantPropagation } from "../identity/grant-propagation";
import { WorkloadIdentity } from "../identity/workload-identity";
import { Network } from "../network/network";
import { EncryptionKey } from "../security/encryption-key";
import { KeyRing } from "../security/key-ring";
import { DataprocCluster } from "./dataproc-cluster";
import { HistoryServer } from "./history-server";
import { ServerlessBatches } from "./serverless-batches";
import { SparkArtifacts } from "./spark-artifacts";
import { SparkJob } from "./spark-job";
import { SparkWorkflow } from "./spark-workflow";

/** A job, and three ways to run it: serverless, on a cluster that grows with spot machines, and on a cluster of its own for each run. */
export function example(stack: TerraformStack, environment: Environment): void {
  const network = new Network(stack, "network", { environment });
  const spark = new WorkloadIdentity(stack, "spark", { environment, workload: "spark", description: "Runs Spark jobs." });
  const keyRing = new KeyRing(stack, "keys", { environment });
  const encryptionKey = new EncryptionKey(stack, "data", { environment, keyRing, name: "data", destroyVersions: true });
  network.firewall.allowInternal(spark);

  const artifacts = new SparkArtifacts(stack, "artifacts", { environment, encryptionKey, eventLogDays: 30, destroyObjects: true });
  const grants = new GrantPropagation(stack, "grants", { grants: artifacts.grantWorker(spark) });
  const placement = { environment, identity: spark, subnet: network.subnet, artifacts, encryptionKey };

  const historyServer = new HistoryServer(stack, "history", placement);
  const cluster = new DataprocCluster(stack, "cluster", {
    ...placement,
    name: "trips",
    masters: 3,
    workers: 2,
    spotWorkers: 1,
    workerMachineType: "n2-standard-4",
    diskType: "pd-balanced",
    idleDeleteMinutes: 60,
    autoscaling: { maxWorkers: 4, maxSpotWorkers: 8 },
    properties: { "spark:spark.sql.session.timeZone": "America/New_York" },
  });
  const batches = new ServerlessBatches(stack, "batches", { ...placement, network, historyServer, maxExecutors: 8 });

  const job = new SparkJob(stack, "job", { artifacts, name: "count", mainFile: join(__dirname, "example-job.py") });
  const workflow = new SparkWorkflow(stack, "workflow", {
    ...placement,
    name: "trips-count",
    job,
    arguments: ["gs://acme-dev-lake-clean/yellow/month=2024-01"],
  });

  grants.holdBack(historyServer, cluster, workflow);
  new TerraformOutput(stack, "history-url", { value: historyServer.url });
  new TerraformOutput(stack, "batch-defaults", { value: batches.defaults });
}
