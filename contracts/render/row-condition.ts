import type { Check } from "../model/rule";

/**
 * The GoogleSQL condition that is true for every row that meets the check; a row without a value meets it. Only syntax that DuckDB reads
 * alike is used, so that tests can hold it against what ingest finds.
 *
 * @param fileMonth Column with the first day of the row's file month.
 * @throws Error when the check is about the file month and the table has none.
 */
export function rowCondition(check: Check, fileMonth?: string): string {
  return `COALESCE(${comparison(check, fileMonth)}, TRUE)`;
}

function comparison(check: Check, fileMonth: string | undefined): string {
  const { kind, column } = check;
  switch (kind) {
    case "in_file_month":
      return withinFileMonth(check, fileMonth, 0);
    case "within_days_of_file_month":
      return withinFileMonth(check, fileMonth, check.days);
    case "at_least":
      return `${column} >= ${String(check.value)}`;
    case "more_than":
      return `${column} > ${String(check.value)}`;
    case "between":
      return `${column} BETWEEN ${String(check.min)} AND ${String(check.max)}`;
    case "not_before":
      return `${column} >= ${check.other}`;
  }
}

// A DATE and an INTERVAL make a DATETIME: the ends of the month are compared as wall-clock times.
function withinFileMonth({ kind, column }: Check, fileMonth: string | undefined, days: number): string {
  if (fileMonth === undefined) throw new Error(`A rule "${kind}" on "${column}" needs a table that is partitioned by file month.`);
  const span = `INTERVAL ${String(days)} DAY`;
  return `${column} >= ${fileMonth} - ${span} AND ${column} < ${fileMonth} + INTERVAL 1 MONTH + ${span}`;
}
