/** `reject`: the row goes to quarantine. `warn`: the row is kept, flagged and counted. */
export type Severity = "reject" | "warn";

/** A condition that every row should meet; a row without a value in `column` meets it. */
export type Check =
  | { readonly kind: "within_days_of_file_month"; readonly column: string; readonly days: number }
  | { readonly kind: "in_file_month"; readonly column: string }
  | { readonly kind: "at_least"; readonly column: string; readonly value: number }
  | { readonly kind: "more_than"; readonly column: string; readonly value: number }
  | { readonly kind: "between"; readonly column: string; readonly min: number; readonly max: number }
  | { readonly kind: "not_before"; readonly column: string; readonly other: string };

/** A named {@link Check} and what happens to a row that fails it. */
export interface Rule {
  /** Shown wherever broken rules are counted. */
  readonly name: string;
  readonly severity: Severity;
  readonly description: string;
  readonly check: Check;
}

/** A rule whose breach sends the row to quarantine. */
export const reject = (name: string, description: string, check: Check): Rule => ({ name, severity: "reject", description, check });

/** A rule whose breach is flagged on the row and counted. */
export const warn = (name: string, description: string, check: Check): Rule => ({ name, severity: "warn", description, check });
