import type { Network } from "../network/network";
import type { SparkPlacementProps } from "./cluster-machines-props";
import type { HistoryServer } from "./history-server";

/** What {@link ServerlessBatches} need to know. */
export interface ServerlessBatchesProps extends Omit<SparkPlacementProps, "subnet"> {
  /** Where batches run, on machines that Google looks after. */
  readonly network: Network;

  /**
   * Version of the serverless runtime: 2.2 or 2.3, which hold Spark 3.5.
   *
   * @default "2.3"
   */
  readonly runtimeVersion?: string;

  /**
   * Most executors of a batch, 2 to 2000; each has four cores. Google's own default is 2000.
   *
   * @default 4
   */
  readonly maxExecutors?: number;

  /**
   * Minutes after which a batch is stopped, whatever it does; 10 to 20160 (14 days).
   *
   * @default 120
   */
  readonly timeoutMinutes?: number;

  /**
   * Shows what batches did.
   *
   * @default - Dataproc's own page of the batch, for as long as it keeps it
   */
  readonly historyServer?: HistoryServer;

  /**
   * Properties of Spark by their own names, e.g. `spark.executor.memory`; they go before those that the construct sets.
   *
   * @default - none
   */
  readonly properties?: Readonly<Record<string, string>>;
}
