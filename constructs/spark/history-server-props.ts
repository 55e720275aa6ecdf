import type { ClusterMachinesProps } from "./cluster-machines-props";

/** What a {@link HistoryServer} needs to know. */
export interface HistoryServerProps extends Omit<
  ClusterMachinesProps,
  "masters" | "workers" | "spotWorkers" | "workerMachineType" | "masterMachineType"
> {
  /**
   * Its name.
   *
   * @default "trips-history"
   */
  readonly name?: string;

  /**
   * Its machine type.
   *
   * @default "e2-standard-2"
   */
  readonly machineType?: string;
}
