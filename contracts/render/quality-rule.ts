/** What a rule measures; Dataplex adds the scores up by it. */
export type QualityDimension = "COMPLETENESS" | "CONSISTENCY" | "UNIQUENESS" | "VALIDITY";

/** What rows are expected to be, as Dataplex knows it: exactly one of these is set. */
export interface QualityExpectation {
  /** Every row has a value in the rule's column. */
  readonly nonNull?: true;

  /** No value of the rule's column stands twice. */
  readonly unique?: true;

  /** Every value of the rule's column is one of these. */
  readonly set?: readonly string[];

  /** Every value of the rule's column lies between these. */
  readonly range?: QualityRange;

  /** GoogleSQL condition that is true for every row. */
  readonly rowCondition?: string;

  /** GoogleSQL query that returns no row; `${data()}` in it stands for the scanned rows. */
  readonly sqlAssertion?: string;
}

/** Ends of a range: at least one is set. */
export interface QualityRange {
  readonly min?: string;
  readonly max?: string;

  /**
   * Whether the minimum itself lies outside.
   *
   * @default false
   */
  readonly strictMin?: boolean;
}

/** A rule of a Dataplex data quality scan, https://cloud.google.com/dataplex/docs/reference/rest/v1/DataQualityRule */
export interface QualityRule extends QualityExpectation {
  /** Letters, digits and hyphens, at most 63. */
  readonly name: string;
  readonly description: string;
  readonly dimension: QualityDimension;

  /** The column that a rule on one column is about. */
  readonly column?: string;

  /** Whether a row without a value passes; Dataplex fails it unless told so. */
  readonly ignoreNull?: true;

  /** Share of rows that must pass, above 0 and at most 1. */
  readonly threshold: number;
}
