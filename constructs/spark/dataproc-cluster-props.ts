import type { AutoscalingProps } from "./autoscaling-props";
import type { ClusterMachinesProps } from "./cluster-machines-props";

/** What a {@link DataprocCluster} needs to know. */
export interface DataprocClusterProps extends ClusterMachinesProps {
  /** Its name: at most 54 of a-z, 0-9 and dashes, a letter first, e.g. `trips`. */
  readonly name: string;

  /**
   * Minutes without a job after which Dataproc deletes the cluster, 10 to 20160 (14 days). The next deployment makes it again.
   *
   * @default 30
   */
  readonly idleDeleteMinutes?: number;

  /**
   * Whether it stays, however idle: for a cluster whose work is no job, such as a history server.
   *
   * @default false
   */
  readonly persistent?: boolean;

  /**
   * How it grows under load.
   *
   * @default - it keeps its size
   */
  readonly autoscaling?: AutoscalingProps;
}
