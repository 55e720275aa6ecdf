/** How the points of one time series become one value per period. */
export type Aligner =
  | "ALIGN_SUM"
  | "ALIGN_PERCENTILE_99"
  | "ALIGN_MEAN"
  | "ALIGN_MAX"
  | "ALIGN_MIN"
  | "ALIGN_RATE"
  | "ALIGN_DELTA"
  | "ALIGN_COUNT"
  | "ALIGN_NEXT_OLDER";

/** How time series become one per group. */
export type Reducer = "REDUCE_SUM" | "REDUCE_MEAN" | "REDUCE_MAX" | "REDUCE_MIN" | "REDUCE_COUNT" | "REDUCE_COUNT_FALSE";

/**
 * How a metric's time series are brought to those that are charted or compared.
 *
 * @see https://cloud.google.com/monitoring/api/v3/aggregation
 */
export interface Aggregation {
  /** How the points of one time series become one value per period. */
  readonly aligner: Aligner;

  /** Length of a period in minutes: 1 to 1,440. */
  readonly periodMinutes: number;

  /**
   * How time series become one per group.
   *
   * @default "REDUCE_SUM"
   */
  readonly reducer?: Reducer;

  /**
   * Labels that make a group, e.g. `metric.label.service`.
   *
   * @default - all are one group
   */
  readonly groupBy?: readonly string[];
}

/** What Cloud Monitoring's API wants to hear of it; empty lists are left out, since the API leaves them out when it answers. */
export interface ApiAggregation {
  readonly alignmentPeriod: string;
  readonly perSeriesAligner: string;
  readonly crossSeriesReducer: string;
  readonly groupByFields?: string[];
}

/** @throws Error when the period is too short or too long. */
export function apiAggregation({ aligner, periodMinutes, reducer = "REDUCE_SUM", groupBy = [] }: Aggregation): ApiAggregation {
  if (!Number.isInteger(periodMinutes) || periodMinutes < 1 || periodMinutes > 1440) {
    throw new Error(`A period of ${String(periodMinutes)} minutes: "periodMinutes" must be a whole number from 1 to 1440.`);
  }
  return {
    alignmentPeriod: `${String(periodMinutes * 60)}s`,
    perSeriesAligner: aligner,
    crossSeriesReducer: reducer,
    ...(groupBy.length > 0 ? { groupByFields: [...groupBy] } : {}),
  };
}
