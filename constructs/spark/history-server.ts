import { Construct } from "constructs";
import { DataprocCluster } from "./dataproc-cluster";
import type { HistoryServerProps } from "./history-server-props";

/**
 * Spark's history server: shows what applications did after their cluster or batch has gone, from the event logs in the artifacts' bucket. It is
 * a cluster of one machine that runs no job, so it stays however idle. Its image has to be of the same version as that of the clusters.
 *
 * ### Cost
 * It always runs: about 68 USD a month for an e2-standard-2 and Dataproc, and about 4 for its disk (europe-west1, 2026-07).
 *
 * @throws Error when Dataproc would refuse name, machine or image.
 * @see https://cloud.google.com/dataproc/docs/concepts/jobs/history-server
 */
export class HistoryServer extends Construct {
  /** The single machine. */
  public readonly cluster: DataprocCluster;

  /** `projects/…/regions/…/clusters/…`, as batches name it. */
  public readonly resourceName: string;

  /** Where people see it, through the component gateway. */
  public readonly url: string;

  constructor(scope: Construct, id: string, { name = "trips-history", machineType = "e2-standard-2", ...props }: HistoryServerProps) {
    super(scope, id);
    this.cluster = new DataprocCluster(this, "cluster", {
      ...props,
      name,
      masterMachineType: machineType,
      persistent: true,
      properties: { "spark:spark.history.fs.logDirectory": props.artifacts.eventLogs, ...props.properties },
    });
    const { projectId, location } = props.environment;
    this.resourceName = `projects/${projectId}/regions/${location}/clusters/${this.cluster.cluster.name}`;
    this.url = this.cluster.webPage("Spark History Server");
  }
}
