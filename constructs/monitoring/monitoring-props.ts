import type { Environment } from "../environment/environment";

/** What a {@link Monitoring} needs to know. */
export interface MonitoringProps {
  /** What is watched. */
  readonly environment: Environment;

  /**
   * E-mail addresses that alerts go to.
   *
   * @default [] - alerts are seen in the console only
   */
  readonly emails?: readonly string[];

  /**
   * Name of the dashboard.
   *
   * @default "Trips platform"
   */
  readonly title?: string;
}
