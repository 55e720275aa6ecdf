import type { Environment } from "../environment/environment";
import type { EncryptionKey } from "../security/encryption-key";

/** Kinds of persistent disk, in Google's own words; all but the first count against the quota `SSD_TOTAL_GB`. */
export type DiskType = "pd-standard" | "pd-balanced" | "pd-ssd";

/** What a {@link DataDisk} needs to know. */
export interface DataDiskProps extends DataDiskSize {
  /** Gives the disk its project and labels, and says whether it may be deleted. */
  readonly environment: Environment;

  /** Name of the disk, e.g. `trips-kafka-data`. */
  readonly name: string;

  /** The zone of the machine that it is attached to, e.g. `europe-west1-b`. */
  readonly zone: string;

  /**
   * Key that encrypts the disk and its snapshots.
   *
   * @default - Google's own keys
   */
  readonly encryptionKey?: EncryptionKey;

  /**
   * Second key to deleting data: lets the disk be destroyed, where the environment allows it.
   *
   * @default false
   */
  readonly destroyData?: boolean;
}

/** How large a disk is, where it is found, and how it is backed up. */
export interface DataDiskSize {
  /**
   * GB, at least 10. It grows in place, the file system with it at the next start; it never shrinks.
   *
   * @default 20
   */
  readonly gigabytes?: number;

  /**
   * Kind of disk.
   *
   * @default "pd-balanced"
   */
  readonly type?: DiskType;

  /**
   * Folder under which the machine finds it.
   *
   * @default "/data"
   */
  readonly mountPoint?: string;

  /**
   * Days after which a daily snapshot is deleted; 0 for no snapshots.
   *
   * @default 7
   */
  readonly snapshotDays?: number;
}
