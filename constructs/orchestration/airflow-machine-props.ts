import type { Environment } from "../environment/environment";
import type { WorkloadIdentity } from "../identity/workload-identity";
import type { NightSchedule } from "../machine/night-schedule";
import type { Network } from "../network/network";
import type { EncryptionKey } from "../security/encryption-key";
import type { AirflowBucket } from "./airflow-bucket";

/** What an {@link AirflowMachine} needs to know. */
export interface AirflowMachineProps {
  /** Gives everything its project, region and labels, and says whether data may be deleted. */
  readonly environment: Environment;

  /** Whom Airflow, and so every task, runs as: it needs {@link AirflowMachine.identityGrants}. */
  readonly identity: WorkloadIdentity;

  /** Where the machine lives; with NAT, since it installs its packages from the internet. */
  readonly network: Network;

  /**
   * Holds `dags/`, `plugins/`, `data/` and `logs/`, and below `data/environments/` the locks of Python packages: `uv.lock`, `composer.lock` (Airflow)
   * and `data.lock` (what tasks start).
   */
  readonly bucket: AirflowBucket;

  /**
   * Type of the machine: Airflow needs 3 GB for itself.
   *
   * @default "e2-standard-2" - 2 vCPUs, 8 GB
   */
  readonly machineType?: string;

  /**
   * Letter of its zone in the region.
   *
   * @default "b"
   */
  readonly zone?: string;

  /**
   * GB of the disk with Airflow's database and its latest logs, at least 10.
   *
   * @default 20
   */
  readonly diskGigabytes?: number;

  /**
   * Days after which a daily snapshot of that disk is deleted; 0 for no snapshots.
   *
   * @default 7
   */
  readonly snapshotDays?: number;

  /**
   * Tasks that run at once.
   *
   * @default 2
   */
  readonly parallelism?: number;

  /**
   * Further overrides of Airflow's configuration, by section and key with a dash between: `{ "api-instance_name": "Trips" }`.
   *
   * @default {}
   */
  readonly airflowConfig?: Readonly<Record<string, string>>;

  /**
   * Environment variables of Airflow's processes and tasks. No secrets: whoever may look at machines reads them.
   *
   * @default {}
   */
  readonly variables?: Readonly<Record<string, string>>;

  /**
   * When the machine is switched off and on.
   *
   * @default - it always runs
   */
  readonly nightSchedule?: NightSchedule;

  /**
   * Key that encrypts the disks.
   *
   * @default - Google's own keys
   */
  readonly encryptionKey?: EncryptionKey;

  /**
   * Second key to deleting data: lets the history of runs be destroyed with the disk, where the environment allows it.
   *
   * @default false
   */
  readonly destroyHistory?: boolean;
}
