import type { Construct } from "constructs";
import type { Configuration } from "../../config/configuration";
import type { Environment } from "../../constructs/environment/environment";
import type { GrantPropagation } from "../../constructs/identity/grant-propagation";
import type { Network } from "../../constructs/network/network";
import type { EncryptionKey } from "../../constructs/security/encryption-key";
import type { SparkPlacementProps } from "../../constructs/spark/cluster-machines-props";
import { DataprocCluster } from "../../constructs/spark/dataproc-cluster";
import { HistoryServer } from "../../constructs/spark/history-server";
import { ServerlessBatches } from "../../constructs/spark/serverless-batches";
import { SparkArtifacts } from "../../constructs/spark/spark-artifacts";
import type { SparkJob } from "../../constructs/spark/spark-job";
import type { SparkWorkflow } from "../../constructs/spark/spark-workflow";
import { suppress } from "../../policies";
import { composeJobs, composeWorkflows } from "./spark-jobs";
import type { Workloads } from "./workloads";

/** What Spark needs of the rest of the platform. */
export interface SparkSurroundings {
  readonly workloads: Workloads;

  /** What acts as Spark is held back until its grants are in force. */
  readonly grants: GrantPropagation;

  /** The configuration refuses Spark without it. */
  readonly network?: Network;
  readonly encryptionKey?: EncryptionKey;
}

/** Spark as configured; each part only where the configuration asks for it. */
export interface Spark {
  readonly artifacts: SparkArtifacts;
  readonly cluster?: DataprocCluster;
  readonly batches?: ServerlessBatches;
  readonly historyServer?: HistoryServer;
  readonly jobs: ReadonlyMap<string, SparkJob>;
  readonly workflows: ReadonlyMap<string, SparkWorkflow>;
}

/** Spark as configured; undefined where it is switched off. */
export function composeSpark(
  scope: Construct,
  environment: Environment,
  { spark: settings }: Configuration,
  { workloads: { spark, orchestrator }, grants, network, encryptionKey }: SparkSurroundings,
): Spark | undefined {
  const { kind, eventLogDays, scratchDays } = settings;
  if (kind === "none") return undefined;
  if (network === undefined) throw new Error("Spark's machines need the network: switch network.enabled on, or write none for spark.kind.");

  const artifacts = new SparkArtifacts(scope, "spark-artifacts", {
    environment,
    encryptionKey,
    eventLogDays,
    scratchDays,
    destroyObjects: true,
  });
  // Who submits batches and jobs may use only the accounts that it was let use.
  grants.waitFor(
    ...artifacts.grantWorker(spark),
    ...artifacts.grantRead(orchestrator),
    orchestrator.grantProjectRole("roles/dataproc.editor"),
  );

  const placement: SparkPlacementProps = { environment, identity: spark, subnet: network.subnet, artifacts, encryptionKey };
  const historyServer = composeHistoryServer(scope, settings, placement);
  const jobs = composeJobs(scope, settings, artifacts);
  const workflows = composeWorkflows(scope, settings, placement, jobs);
  const batches =
    kind === "serverless"
      ? new ServerlessBatches(scope, "spark-batches", { ...placement, ...settings.serverless, network, historyServer })
      : undefined;
  const { imageVersion, cluster: machines } = settings;
  const cluster =
    kind === "cluster"
      ? new DataprocCluster(scope, "spark-cluster", { ...placement, ...machines, imageVersion, name: "trips" })
      : undefined;
  grants.holdBack(...[historyServer, cluster, ...workflows.values()].filter((construct) => construct !== undefined));
  return { artifacts, cluster, batches, historyServer, jobs, workflows };
}

function composeHistoryServer(
  scope: Construct,
  { imageVersion, historyServer: { enabled, machineType }, cluster: { diskType } }: Configuration["spark"],
  placement: SparkPlacementProps,
): HistoryServer | undefined {
  if (!enabled) return undefined;
  const historyServer = new HistoryServer(scope, "spark-history", { ...placement, imageVersion, machineType, diskType });
  suppress(historyServer, "idle-clusters", "It shows the past and runs no job, so it would count as idle from its first minute.");
  return historyServer;
}
