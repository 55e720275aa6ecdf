import type { Environment } from "../environment/environment";
import type { WorkloadIdentity } from "../identity/workload-identity";
import type { Network } from "../network/network";
import type { EncryptionKey } from "../security/encryption-key";
import type { AirflowBucket } from "./airflow-bucket";
import type { MaintenanceWindow } from "./maintenance-window";
import type { WorkloadSizes } from "./workload-sizes";

/** How large Google makes what it hides: Airflow's database and the queue. */
export type EnvironmentSize = "ENVIRONMENT_SIZE_SMALL" | "ENVIRONMENT_SIZE_MEDIUM" | "ENVIRONMENT_SIZE_LARGE";

/** When snapshots are taken of what can't be made again: history, connections, variables. */
export interface SnapshotSchedule {
  /** Times in cron's form, e.g. `0 4 * * *`. */
  readonly cron: string;

  /** Offset of these times, without summer time: `UTC-12` to `UTC+12`. */
  readonly timeZone: string;
}

/** What a {@link ComposerEnvironment} needs to know. */
export interface ComposerEnvironmentProps {
  /** Gives the environment its project, region and labels. */
  readonly environment: Environment;

  /** Whom Airflow runs as; fixed for the environment's life. It needs `roles/composer.worker` on the project first. */
  readonly identity: WorkloadIdentity;

  /** Where DAGs, logs and snapshots are; fixed for the environment's life. */
  readonly bucket: AirflowBucket;

  /**
   * Image of Composer 3 by Airflow's minor version. The same Airflow runs on developers' machines: `pipelines/environments/orchestration.lock`.
   *
   * @default "composer-3-airflow-3.1"
   */
  readonly image?: string;

  /**
   * Network that tasks can reach, through an attachment that Composer makes in it; the way to the internet is its NAT.
   *
   * @default - tasks reach Google's APIs and nothing else
   */
  readonly network?: Network;

  /**
   * Key that encrypts database, queue and disks; fixed for the environment's life.
   *
   * @default - Google's own keys
   */
  readonly encryptionKey?: EncryptionKey;

  /**
   * Size of what Composer runs out of sight: database, queue, monitoring.
   *
   * @default "ENVIRONMENT_SIZE_SMALL"
   */
  readonly size?: EnvironmentSize;

  /**
   * Sizes of what runs, each within Google's limits.
   *
   * @default - the smallest: see `smallWorkloads`
   */
  readonly workloads?: WorkloadSizes;

  /**
   * Tasks that run at once, in the whole environment.
   *
   * @default 32
   */
  readonly parallelism?: number;

  /**
   * Further overrides of Airflow's configuration by section and key, e.g. `{ "api-instance_name": "Trips" }`.
   *
   * @default {}
   */
  readonly airflowConfig?: Readonly<Record<string, string>>;

  /**
   * Environment variables of schedulers and workers. Nothing secret: they are shown in the console and stand in Terraform's state.
   *
   * @default {}
   */
  readonly variables?: Readonly<Record<string, string>>;

  /**
   * When Google may change the environment's machines; at least twelve hours a week.
   *
   * @default - six hours from midnight UTC on Saturdays and Sundays
   */
  readonly maintenance?: MaintenanceWindow;

  /**
   * Snapshots of the environment, its database among them, by the clock.
   *
   * @default - no snapshots
   */
  readonly snapshots?: SnapshotSchedule;

  /**
   * Days for which Airflow's database keeps runs, tasks and XComs: 30 to 730.
   *
   * @default 90
   */
  readonly historyDays?: number;

  /**
   * Ranges of addresses from which Airflow's page answers, e.g. `203.0.113.0/24`. From anywhere else it refuses even those who may sign in.
   *
   * @default - everywhere; one must sign in to Google and be let in by {@link ComposerEnvironment.grantUse}
   */
  readonly webServerRanges?: readonly string[];

  /**
   * Second key to deleting data: lets the environment be destroyed with its history, where the environment allows it.
   *
   * @default false
   */
  readonly destroyHistory?: boolean;
}
