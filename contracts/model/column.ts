import type { PolicyTag } from "./policy-tag";

/** What a column holds, independent of any engine; the renderers say what that is in each of them. */
export type ColumnType = "string" | "integer" | "decimal" | "boolean" | "date" | "local_datetime" | "instant";

/** A year and month, `YYYY-MM`. */
export type YearMonth = `${number}-${number}`;

/** What may be said of any column. */
export interface ColumnOptions {
  /** What the value means, with its unit. */
  readonly description: string;

  /**
   * Whether a row without a value is rejected.
   *
   * @default false
   */
  readonly required?: boolean;

  /**
   * Names under which sources deliver the column, compared without case; the column's own name is always one of them.
   *
   * @default []
   */
  readonly aliases?: readonly string[];

  /**
   * First file month that carries the column; older files may lack it.
   *
   * @default - files of every month carry it, or it is optional
   */
  readonly since?: YearMonth;

  /**
   * What each code stands for.
   *
   * @default - the values are not codes
   */
  readonly values?: Readonly<Record<string, string>>;

  /**
   * Who may read the column, besides the table: those who may read what has this tag.
   *
   * @default - whoever may read the table
   */
  readonly policyTag?: PolicyTag;
}

/** One column of a contract, before it has a name. */
export interface Column extends ColumnOptions {
  readonly type: ColumnType;

  /** Digits in all; only for decimals. */
  readonly precision?: number;

  /** Digits behind the point; only for decimals. */
  readonly scale?: number;
}

const column =
  (type: ColumnType) =>
  (options: ColumnOptions): Column => ({ type, ...options });

/** Text. */
export const string = column("string");

/** A whole number of 64 bits. */
export const integer = column("integer");

/** True or false. */
export const boolean = column("boolean");

/** A calendar day. */
export const date = column("date");

/** A wall-clock time without a zone, as a taxi's meter shows it. Not an {@link instant}. */
export const localDatetime = column("local_datetime");

/** A point in time, the same everywhere. Not a {@link localDatetime}. */
export const instant = column("instant");

/** An exact number with `precision` digits, `scale` of them behind the point. */
export const decimal = (precision: number, scale: number, options: ColumnOptions): Column => {
  // BigQuery's NUMERIC holds 38 digits, 9 of them behind the point: https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#decimal_types
  if (scale < 0 || scale > 9 || precision - scale > 29 || precision <= scale) {
    throw new Error(
      `decimal(${String(precision)}, ${String(scale)}) does not fit BigQuery's NUMERIC: at most 29 digits before the point and 9 behind it.`,
    );
  }
  return { type: "decimal", precision, scale, ...options };
};

/** An amount in US dollars and cents: decimal(12, 2) in every engine. */
export const money = (options: ColumnOptions): Column => decimal(12, 2, options);
