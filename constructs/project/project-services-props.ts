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
   * What of the project is a placeholder because nothing sets it yet, e.g. `project.id`, and the environment variable that would: a plan is
   * then refused with a word how to mend it, unless Terraform's variable `accepts_placeholder_project` is true.
   *
   * @default []
   */
  readonly missing?: readonly { readonly setting: string; readonly variable: string }[];
}
