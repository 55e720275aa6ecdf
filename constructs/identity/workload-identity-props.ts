import type { Environment } from "../environment/environment";

/** What a {@link WorkloadIdentity} needs to know. */
export interface WorkloadIdentityProps {
  /** Whose project holds the account. */
  readonly environment: Environment;

  /** Name of the workload, e.g. `ingest`; completes the account's id. */
  readonly workload: string;

  /** What the workload does, in one line. */
  readonly description: string;
}
