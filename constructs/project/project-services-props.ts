import type { Environment } from "../environment/environment";

/** What {@link ProjectServices} needs to know. */
export interface ProjectServicesProps {
  /** Whose project is made ready. */
  readonly environment: Environment;

  /** Google APIs to switch on, e.g. `bigquery.googleapis.com`. */
  readonly services: readonly string[];

  /**
   * Seconds to wait after an API was switched on, until it answers everywhere. The variable PROPAGATION_SECONDS of the machine
   * that deploys goes before it.
   *
   * @default 60
   */
  readonly propagationSeconds?: number;

  /**
   * Name of the variable by which the project's id is set, where none is set yet: a plan is then refused with a word how to mend it.
   *
   * @default - the project's id is set
   */
  readonly missingIdVariable?: string;
}
