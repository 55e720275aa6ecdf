import type { Environment } from "../environment/environment";

/** Numbers that entries hold, whose distribution a {@link LogMetric} keeps. */
export interface LogValues {
  /** Where in an entry the number is: `EXTRACT(<field>)`, or `REGEXP_EXTRACT(<field>, "<expression with one group>")`. */
  readonly from: string;

  /** Ends of the ranges whose numbers are told apart, ascending. */
  readonly bounds: readonly number[];

  /**
   * Unit of a number by UCUM: `1`, `By`, `s`, `{rows}`.
   *
   * @default "1"
   */
  readonly unit?: string;
}

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
   * Labels of the metric and where in the entry each is, e.g. `{ service: "EXTRACT(jsonPayload.service)" }`. Every combination of values is a
   * time series of its own: no ids, no texts.
   *
   * @default {}
   */
  readonly labels?: Readonly<Record<string, string>>;

  /**
   * Numbers that are kept, in place of a mere count.
   *
   * @default - entries are counted
   */
  readonly values?: LogValues;

  /**
   * Seconds until an alert may name the metric; the variable PROPAGATION_SECONDS of the machine that deploys goes before it.
   *
   * @default 120
   */
  readonly propagationSeconds?: number;
}
