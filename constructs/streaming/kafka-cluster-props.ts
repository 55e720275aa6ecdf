import type { Environment } from "../environment/environment";
import type { WorkloadIdentity } from "../identity/workload-identity";
import type { DataDiskSize } from "../machine/data-disk-props";
import type { NightSchedule } from "../machine/night-schedule";
import type { Network } from "../network/network";
import type { EncryptionKey } from "../security/encryption-key";
import type { KafkaSoftware } from "./kafka-start-up";

/** What a {@link KafkaCluster} needs to know. */
export interface KafkaClusterProps {
  /** Gives the machines project, region and labels, and says whether data may be deleted. */
  readonly environment: Environment;

  /** Where the machines live; it needs a NAT, by which they fetch what they run. */
  readonly network: Network;

  /** Whom they run as. */
  readonly identity: WorkloadIdentity;

  /** What they install: the text files below `pipelines/streaming/broker`, the stream application's, and the downloader beside them. */
  readonly software: KafkaSoftware;

  /**
   * Brokers: 1, or 3 so that one may fail. Fixed for the cluster's life: with another number it is another cluster, and the brokers refuse a disk of
   * the old one.
   *
   * @default 1
   */
  readonly brokers?: number;

  /**
   * Type of each machine; at least 4 GB of memory.
   *
   * @default "e2-medium" - 2 shared vCPUs, 4 GB
   */
  readonly machineType?: string;

  /**
   * Letters of the zones that the brokers are spread over, in turn. Another one replaces machine and disk.
   *
   * @default ["b"]
   */
  readonly zones?: readonly string[];

  /**
   * Each machine's data disk.
   *
   * @default - 20 GB of pd-balanced, a snapshot a day for 7 days
   */
  readonly disk?: Omit<DataDiskSize, "mountPoint">;

  /**
   * Copies of each partition; at most as many as brokers.
   *
   * @default - 3, or as many as brokers
   */
  readonly replication?: number;

  /**
   * When the machines are switched off and on.
   *
   * @default - they always run
   */
  readonly nightSchedule?: NightSchedule;

  /**
   * Key that encrypts disks and secrets.
   *
   * @default - Google's own keys
   */
  readonly encryptionKey?: EncryptionKey;

  /**
   * Second key to deleting data: lets disks and secrets be destroyed, where the environment allows it.
   *
   * @default false
   */
  readonly destroyData?: boolean;
}
