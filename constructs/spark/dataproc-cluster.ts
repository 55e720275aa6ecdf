import type { DataprocAutoscalingPolicy } from "@cdktf/provider-google/lib/dataproc-autoscaling-policy";
import {
  DataprocCluster as Cluster,
  type DataprocClusterClusterConfigPreemptibleWorkerConfig,
} from "@cdktf/provider-google/lib/dataproc-cluster";
import { Fn, Token } from "cdktf";
import { Construct } from "constructs";
import { autoscalingPolicy } from "./autoscaling";
import { checkMachines, clusterProperties, keyGrants, machineConfig, withDefaults } from "./cluster-machines";
import type { DataprocClusterProps } from "./dataproc-cluster-props";

/** What the autoscaler changes behind Terraform's back. */
const SCALED = ["worker_config", "preemptible_worker_config"].map((group) => `cluster_config[0].${group}[0].num_instances`);

/**
 * A Spark cluster without public addresses that deletes itself when it is idle. Its web pages are reached through the component gateway, by
 * whoever may `dataproc.clusters.use` it.
 *
 * ### Cost
 * The machines, and 0.010 USD per vCPU and hour for Dataproc, while it exists: a single e2-standard-4 0.19 USD an hour, one with two such
 * workers 0.56 USD (europe-west1, 2026-07). Each disk 0.04 to 0.17 USD per GB and month.
 *
 * @throws Error when Dataproc would refuse name, size, machines or image.
 * @see https://cloud.google.com/dataproc/docs/concepts/configuring-clusters/scheduled-deletion
 */
export class DataprocCluster extends Construct {
  /** The cluster itself. */
  public readonly cluster: Cluster;

  /** By what it grows, where it does. */
  public readonly autoscaling?: DataprocAutoscalingPolicy;

  constructor(scope: Construct, id: string, props: DataprocClusterProps) {
    super(scope, id);
    const { environment, name, artifacts, encryptionKey, idleDeleteMinutes = 30, persistent = false, autoscaling } = props;
    const { imageVersion, workers } = withDefaults(props);
    checkName(name);
    checkMachines(name, props);
    if (!persistent) checkIdleDelete(name, idleDeleteMinutes);

    this.autoscaling = autoscaling && autoscalingPolicy(this, environment, name, workers, autoscaling);
    this.cluster = new Cluster(this, "cluster", {
      project: environment.projectId,
      region: environment.location,
      name,
      labels: { ...environment.labels },
      clusterConfig: {
        stagingBucket: artifacts.scratch.name,
        tempBucket: artifacts.scratch.name,
        ...machineConfig(props),
        preemptibleWorkerConfig: spotWorkers(props),
        softwareConfig: { imageVersion, overrideProperties: clusterProperties(props, artifacts.addEventLogs(name)) },
        encryptionConfig: encryptionKey && { kmsKeyName: encryptionKey.name },
        autoscalingConfig: this.autoscaling && { policyUri: this.autoscaling.name },
        lifecycleConfig: persistent ? undefined : { idleDeleteTtl: `${String(idleDeleteMinutes * 60)}s` },
      },
      dependsOn: keyGrants(props),
      ...(autoscaling ? { lifecycle: { ignoreChanges: SCALED } } : {}),
    });
  }

  /** Address of one of its web pages by the page's name, e.g. `YARN ResourceManager`; empty where it has no such page. */
  public webPage(name: string): string {
    // Not Fn.lookup: it leaves out a default that is an empty text, and Terraform then fails where the page is missing.
    return Token.asString(Fn.try([this.cluster.clusterConfig.endpointConfig.httpPorts.lookup(name), ""]));
  }
}

function spotWorkers(props: DataprocClusterProps): DataprocClusterClusterConfigPreemptibleWorkerConfig | undefined {
  const { spotWorkers: numInstances, diskGigabytes, diskType } = withDefaults(props);
  if (numInstances === 0 && (props.autoscaling?.maxSpotWorkers ?? 0) === 0) return undefined;
  return { numInstances, preemptibility: "SPOT", diskConfig: { bootDiskSizeGb: diskGigabytes, bootDiskType: diskType } };
}

function checkName(name: string): void {
  if (/^[a-z]([a-z0-9-]{0,52}[a-z0-9])?$/.test(name)) return;
  throw new Error(`The cluster's name "${name}" must be 1 to 54 of a-z, 0-9 and dashes, a letter first, no dash at the end.`);
}

function checkIdleDelete(name: string, minutes: number): void {
  if (Number.isInteger(minutes) && minutes >= 10 && minutes <= 20_160) return;
  throw new Error(`idleDeleteMinutes of the cluster "${name}" must be a whole number from 10 to 20160 (14 days), not ${String(minutes)}.`);
}
