import type { Environment } from "../environment/environment";

/** What a {@link CustomMetric} needs to know. */
export interface CustomMetricProps {
  /** Whose project holds the metric. */
  readonly environment: Environment;

  /** Name of the metric, e.g. `trips/rejected_share`; its type is `custom.googleapis.com/<name>`. */
  readonly name: string;

  /** What the value says, in one line. */
  readonly description: string;

  /** Type of a value: `INT64` or `DOUBLE`. */
  readonly valueType: "INT64" | "DOUBLE";

  /**
   * Unit of a value by UCUM: `1`, `By`, `s`, `{rows}`.
   *
   * @default "1"
   */
  readonly unit?: string;

  /**
   * Labels of the metric and what each says. Another label replaces the metric, and its past is lost.
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
