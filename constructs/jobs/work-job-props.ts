import type { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import type { Environment } from "../environment/environment";
import type { WorkloadIdentity } from "../identity/workload-identity";
import type { Network } from "../network/network";
import type { EncryptionKey } from "../security/encryption-key";

/** A bucket that a job sees as a folder. */
export interface BucketMount {
  /** The bucket; what of it may be read and written is up to the grants that the job's identity has on it. */
  readonly bucket: StorageBucket;

  /** Absolute path of the folder, e.g. `/home/airflow/gcs`. */
  readonly path: string;
}

/** What a {@link WorkJob} needs to know. */
export interface WorkJobProps {
  /** Gives the job its project, location and labels. */
  readonly environment: Environment;

  /** As whom it works. */
  readonly identity: WorkloadIdentity;

  /** Completes the job's name, `trips-<name>`: up to 49 of a-z, 0-9 and dashes. */
  readonly name: string;

  /** Image by digest, e.g. `europe-west1-docker.pkg.dev/acme-dev/trips-docker/data@sha256:…`: what runs is what was looked at. */
  readonly image: string;

  /** Program, and its arguments that are the same in each run; whoever starts a run gives the others. */
  readonly command: readonly string[];

  /**
   * Environment variables of each run; whoever starts one may add others.
   *
   * @default - none
   */
  readonly variables?: Readonly<Record<string, string>>;

  /**
   * vCPU: 1, 2, 4 or 8.
   *
   * @default 1
   */
  readonly cpu?: number;

  /**
   * Memory in GiB, which is the disk as well: 0.5 to 32; more than 4 need 2 vCPU, more than 8 need 4, more than 16 need 8.
   *
   * @default 2
   */
  readonly memoryGib?: number;

  /**
   * Minutes after which a run is ended, 1 to 1440.
   *
   * @default 60
   */
  readonly timeoutMinutes?: number;

  /**
   * Bucket that the job sees as a folder. Writing to it takes memory.
   *
   * @default - none
   */
  readonly mount?: BucketMount;

  /**
   * Network whose private addresses the job may call, such as Cloud SQL's; all else it calls directly.
   *
   * @default - it reaches no private address
   */
  readonly network?: Network;

  /**
   * Key that encrypts the copy of the image that Cloud Run keeps.
   *
   * @default - Google's own keys
   */
  readonly encryptionKey?: EncryptionKey;
}
