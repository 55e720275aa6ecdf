import { DataprocAutoscalingPolicy } from "@cdktf/provider-google/lib/dataproc-autoscaling-policy";
import type { Construct } from "constructs";
import type { Environment } from "../environment/environment";
import type { AutoscalingProps } from "./autoscaling-props";

const DAY_MINUTES = 1440;

/**
 * The policy by which a cluster of `workers` machines grows and shrinks.
 *
 * @throws Error when its bounds contradict the cluster's size or Dataproc's limits.
 * @see https://cloud.google.com/dataproc/docs/concepts/configuring-clusters/autoscaling
 */
export function autoscalingPolicy(
  scope: Construct,
  { projectId, location }: Environment,
  cluster: string,
  workers: number,
  autoscaling: AutoscalingProps,
): DataprocAutoscalingPolicy {
  const { maxWorkers, maxSpotWorkers = 0, cooldownMinutes = 2, decommissionMinutes = 60 } = autoscaling;
  if (workers === 0) {
    throw new Error(`The cluster "${cluster}" is a single machine and can't grow: write at least 2 workers, or leave out autoscaling.`);
  }
  checkRange(cluster, "maxWorkers", maxWorkers, workers);
  checkRange(cluster, "maxSpotWorkers", maxSpotWorkers, 0);
  checkRange(cluster, "cooldownMinutes", cooldownMinutes, 2, DAY_MINUTES);
  checkRange(cluster, "decommissionMinutes", decommissionMinutes, 0, DAY_MINUTES);

  return new DataprocAutoscalingPolicy(scope, "autoscaling", {
    project: projectId,
    location,
    policyId: cluster,
    workerConfig: { minInstances: workers, maxInstances: maxWorkers },
    ...(maxSpotWorkers > 0 ? { secondaryWorkerConfig: { maxInstances: maxSpotWorkers } } : {}),
    basicAlgorithm: {
      cooldownPeriod: `${String(cooldownMinutes * 60)}s`,
      yarnConfig: {
        gracefulDecommissionTimeout: `${String(decommissionMinutes * 60)}s`,
        // Half of what is missing at a time: a job that is about to end asks for as much as one that has begun.
        scaleUpFactor: 0.5,
        scaleDownFactor: 1,
      },
    },
  });
}

function checkRange(cluster: string, prop: string, count: number, least: number, most = 10_000): void {
  if (Number.isInteger(count) && count >= least && count <= most) return;
  throw new Error(
    `autoscaling.${prop} of the cluster "${cluster}" must be a whole number from ${String(least)} to ${String(most)}, not ${String(count)}.`,
  );
}
