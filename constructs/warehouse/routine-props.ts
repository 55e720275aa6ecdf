import type { Dataset } from "./dataset";

/** A type of GoogleSQL, as BigQuery's API spells it. */
export type SqlType = "STRING" | "INT64" | "NUMERIC" | "FLOAT64" | "BOOL" | "DATE" | "DATETIME" | "TIMESTAMP";

/** One value that a routine is given. */
export interface RoutineArgument {
  /** Unlike the columns that the body reads: there, a column goes before it. */
  readonly name: string;
  readonly type: SqlType;
}

/** What a {@link Routine} needs to know. */
export interface RoutineProps {
  /** Dataset that holds the routine. */
  readonly dataset: Dataset;

  /** Name of the routine. */
  readonly routineId: string;

  /** What it does, with units. */
  readonly description: string;

  /** A function gives a value, a table function rows; a procedure is called for what it does. */
  readonly kind: "SCALAR_FUNCTION" | "TABLE_VALUED_FUNCTION" | "PROCEDURE";

  /** In GoogleSQL: a function's expression, a table function's select, a procedure's `begin … end`. */
  readonly body: string;

  /**
   * What it is given, in order.
   *
   * @default []
   */
  readonly arguments?: readonly RoutineArgument[];

  /**
   * Type of a function's value.
   *
   * @default - BigQuery infers it
   */
  readonly returns?: SqlType;
}
