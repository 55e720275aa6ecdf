import type { Environment } from "../environment/environment";

/** What a {@link LogMetric} needs to know. */
export interface LogMetricProps {
  /** Whose logs are counted. */
  readonly environment: Environment;

  /** Name of the metric, e.g. `trips-task-failures`; its type is `logging.googleapis.com/user/<name>`. */
  readonly name: string;

  /** What a counted entry means, in one line. */
  readonly description: string;

  /** Entries to count, in Cloud Logging's query language; they must be of {@link resourceType}. */
  readonly filter: string;

  /**
   * Monitored resource of the entries.
   *
   * @default "global"
   */
  readonly resourceType?: string;

  /**
   * Labels of the metric and the field of the entry from which each is taken, e.g. `{ service: "jsonPayload.service" }`. Every combination of
   * values is a time series of its own: no ids, no texts.
   *
   * @default {}
   */
  readonly labels?: Readonly<Record<string, string>>;

  /**
   * Seconds until an alert may name the metric; the variable PROPAGATION_SECONDS of the machine that deploys goes before it.
   *
   * @default 120
   */
  readonly propagationSeconds?: number;
}
