import type { Environment } from "../environment/environment";
import type { WorkloadIdentity } from "../identity/workload-identity";
import type { Network } from "../network/network";
import type { EncryptionKey } from "../security/encryption-key";
import type { DataDiskSize } from "./data-disk-props";
import type { NightSchedule } from "./night-schedule";

/** What a {@link Machine} needs to know. */
export interface MachineProps extends MachineSize {
  /** Gives the machine its project, region and labels, and says whether data may be deleted. */
  readonly environment: Environment;

  /** Completes the name: `kafka` makes `trips-kafka`. */
  readonly name: string;

  /** Where it lives; it has no public address. With NAT, if its script installs packages from the internet. */
  readonly network: Network;

  /** Whom it runs as; what may reach it, the network's firewall says by this account. */
  readonly identity: WorkloadIdentity;

  /**
   * Shell script (bash), run as root at every start of the machine, with the data disk mounted: so it must do no harm when it is run again,
   * as it is five minutes after it fails. It must not end in an `exec`. At most 256 KiB. Everybody who may look at machines can read it: no
   * secret belongs in it.
   */
  readonly startupScript: string;

  /**
   * What is read at run time under `attributes/` of the metadata server, e.g. `{ role: "broker" }`. A change doesn't restart the machine.
   *
   * @default - nothing but what this construct sets
   */
  readonly metadata?: Readonly<Record<string, string>>;

  /**
   * Disk that outlives the machine, mounted before the start-up script is run.
   *
   * @default - none: all that the machine stores is lost when it is replaced
   */
  readonly dataDisk?: DataDiskSize;

  /**
   * When the machine is switched off and on.
   *
   * @default - it always runs
   */
  readonly nightSchedule?: NightSchedule;

  /**
   * Key that encrypts the disks; another one replaces them.
   *
   * @default - Google's own keys
   */
  readonly encryptionKey?: EncryptionKey;

  /**
   * Second key to deleting data: lets the data disk be destroyed, where the environment allows it.
   *
   * @default false
   */
  readonly destroyData?: boolean;
}

/** What a machine is made of. */
export interface MachineSize {
  /**
   * Type of the machine; another one stops it for a minute or two.
   *
   * @default "e2-medium" - 2 shared vCPUs, 4 GB
   */
  readonly machineType?: string;

  /**
   * Letter of its zone in the environment's region, e.g. `b`; another one replaces the machine, and its disk is left behind.
   *
   * @default "b" - which nearly all regions have
   */
  readonly zone?: string;

  /**
   * URL or path of the image that it boots from: of a family, whose newest image is taken when the machine is made, or of one image. Debian 12,
   * or what has bash, systemd and Google's guest agent as well. Another family replaces the machine.
   *
   * @default "projects/debian-cloud/global/images/family/debian-12"
   */
  readonly image?: string;

  /**
   * GB of the boot disk, which goes with the machine; at least 10. Another size replaces the machine.
   *
   * @default 20
   */
  readonly bootDiskGigabytes?: number;
}
