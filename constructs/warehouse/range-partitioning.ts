/** Partitions by ranges of a whole number: `start` and what is below `start + interval`, and so on up to `end`. */
export interface RangePartitioning {
  /** Integer column whose value chooses the partition; a value outside of all ranges goes to one that holds the rest. */
  readonly column: string;

  /** First value of the first range. */
  readonly start: number;

  /** The first value behind the last range. */
  readonly end: number;

  /** How many values a range holds. */
  readonly interval: number;
}

/** Periods by which BigQuery partitions rows that are kept by the time of their arrival. */
export type ArrivalPeriod = "HOUR" | "DAY" | "MONTH" | "YEAR";
