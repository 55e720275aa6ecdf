import type { ClusterMachinesProps } from "./cluster-machines-props";
import type { SparkJob } from "./spark-job";

/** What a {@link SparkWorkflow} needs to know. */
export interface SparkWorkflowProps extends ClusterMachinesProps {
  /** Its name and that of its cluster, 3 to 35 of a-z, 0-9 and dashes, a letter first; Dataproc adds a number to the latter. */
  readonly name: string;

  /** What is run. */
  readonly job: SparkJob;

  /**
   * Arguments of the job.
   *
   * @default - none
   */
  readonly arguments?: readonly string[];

  /**
   * Minutes after which the run is stopped and its cluster deleted, 10 to 1440.
   *
   * @default 120
   */
  readonly timeoutMinutes?: number;
}
