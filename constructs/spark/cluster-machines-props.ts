import type { ComputeSubnetwork } from "@cdktf/provider-google/lib/compute-subnetwork";
import type { Environment } from "../environment/environment";
import type { WorkloadIdentity } from "../identity/workload-identity";
import type { EncryptionKey } from "../security/encryption-key";
import type { SparkArtifacts } from "./spark-artifacts";

/** Kinds of persistent disk, in Google's own words; all but the first count against the quota `SSD_TOTAL_GB`. */
export type DiskType = "pd-standard" | "pd-balanced" | "pd-ssd";

/** Where Spark runs and as whom: the same for clusters and batches. */
export interface SparkPlacementProps {
  /** Gives everything its project, region and labels. */
  readonly environment: Environment;

  /** Whom the machines run as: it needs {@link SparkArtifacts.grantWorker}, and what its jobs read and write. */
  readonly identity: WorkloadIdentity;

  /** Where the machines live: with Private Google Access, for none has a public address. */
  readonly subnet: ComputeSubnetwork;

  /** Where jobs, logs and temporary data are. */
  readonly artifacts: SparkArtifacts;

  /**
   * Key of one's own, in the region, that encrypts disks and the arguments of jobs.
   *
   * @default - Google's own keys
   */
  readonly encryptionKey?: EncryptionKey;
}

/** The machines of a cluster, be it a standing one or one of a workflow. */
export interface ClusterMachinesProps extends SparkPlacementProps {
  /**
   * Dataproc's image: 2.2 or 2.3, which hold Spark 3.5, with the system's name and maybe a sub-minor version.
   *
   * @default "2.3-debian12"
   */
  readonly imageVersion?: string;

  /**
   * Machines that coordinate: 1, or 3 so that one may fail.
   *
   * @default 1
   */
  readonly masters?: number;

  /**
   * Machines that compute: 0 for one machine that does all, or at least 2. They hold HDFS, so none of them is a spot machine.
   *
   * @default 0
   */
  readonly workers?: number;

  /**
   * Further machines that compute, at a fourth or so of the price; Google may take them back at any time.
   *
   * @default 0
   */
  readonly spotWorkers?: number;

  /**
   * Machine type of the masters.
   *
   * @default "e2-standard-4"
   */
  readonly masterMachineType?: string;

  /**
   * Machine type of the workers, spot ones included.
   *
   * @default "e2-standard-4"
   */
  readonly workerMachineType?: string;

  /**
   * GB of each machine's boot disk, which also holds what Spark shuffles; 30 to 2000.
   *
   * @default 100
   */
  readonly diskGigabytes?: number;

  /**
   * Kind of the boot disks. A new project's quota of all but `pd-standard` is 500 GB a region or less.
   *
   * @default "pd-standard"
   */
  readonly diskType?: DiskType;

  /**
   * Properties by `<file>:<key>`, e.g. `spark:spark.executor.memory`; they go before those that the construct sets.
   *
   * @default - none
   */
  readonly properties?: Readonly<Record<string, string>>;
}
