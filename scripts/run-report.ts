import { type Cell, table } from "./terminal/table";

/** What `ingest summary` leaves in a run's folder. */
export interface RunSummary {
  readonly source: { readonly kind: string; readonly location: string; readonly synthetic: boolean; readonly notes: readonly string[] };
  readonly deliveries: readonly DeliverySummary[];
  readonly totals: {
    readonly rows_read: number;
    readonly rows_accepted: number;
    readonly rows_warned: number;
    readonly rows_rejected: number;
    readonly warnings: Readonly<Record<string, number>>;
    readonly rejections: Readonly<Record<string, number>>;
    readonly lake: number;
    readonly warehouse: number;
    readonly postgres: number | null;
  };
  readonly equal: boolean;
  readonly dbt: {
    readonly statuses: Readonly<Record<string, number>>;
    readonly failed: readonly string[];
    readonly seconds: number;
  } | null;

  /** Spark's report beside dbt's; null where Spark is switched off, not there in the runs of a deployment that knew no Spark. */
  readonly spark?: SparkComparison | null;
}

/** Whether Spark's monthly revenue of the run's months is dbt's. */
export interface SparkComparison {
  readonly rows: number | null;

  /** null where comparing would prove nothing. */
  readonly equal: boolean | null;

  /** The first difference, or why there was nothing to compare. */
  readonly message: string | null;

  /** Spark's own, its start included; null where the report is an earlier run's. */
  readonly seconds: number | null;

  /** What the batch cost, about; null on this machine. */
  readonly usd: number | null;
}

/** One delivery of a run. */
export interface DeliverySummary {
  readonly service: string;
  readonly file_month: string | null;
  readonly synthetic: boolean;
  readonly unchanged: boolean;
  readonly rows_read: number;
  readonly rows_accepted: number;
  readonly rows_warned: number;
  readonly rows_rejected: number;
  readonly rejections: Readonly<Record<string, number>>;
  readonly seconds: number;
  readonly counts: { readonly lake: number | null; readonly warehouse: number; readonly postgres: number | null };
  readonly equal: boolean;
}

/** Which step of which delivery failed. */
export interface Failure {
  readonly task: string;
  readonly service: string | null;
  readonly file_month: string | null;
}

/** The run for people: a line per service and month, the sums, reasons, and whether the stores agree. */
export function runReport({ source, deliveries, totals, equal, dbt, spark }: RunSummary, failures: readonly Failure[] = []): string {
  const hasPostgres = totals.postgres !== null;
  const header = [
    "Service",
    "Month",
    "Read",
    "Accepted",
    "Warned",
    "Rejected",
    "Lake",
    "Warehouse",
    ...(hasPostgres ? ["Postgres"] : []),
    "Seconds",
    "",
  ];
  const stores = (counts: { lake: number | null; warehouse: number; postgres: number | null }): Cell[] => [
    counts.lake ?? "–",
    counts.warehouse,
    ...(hasPostgres ? [counts.postgres ?? "–"] : []),
  ];
  const rows = deliveries.map((one): Cell[] => [
    one.service,
    one.file_month ?? "",
    ...[one.rows_read, one.rows_accepted, one.rows_warned, one.rows_rejected],
    ...stores(one.counts),
    one.unchanged ? "–" : one.seconds.toFixed(1),
    remarks(one, failures),
  ]);
  const sum: Cell[] = [
    "trips",
    "",
    totals.rows_read,
    totals.rows_accepted,
    totals.rows_warned,
    totals.rows_rejected,
    ...stores(totals),
    "",
    "",
  ];
  return [
    table(header, [...rows, sum]),
    "",
    ...(source.synthetic ? ["Data        SYNTHETIC: generated, not driven"] : []),
    `Rejected    ${reasons(totals.rejections)}`,
    `Warned      ${reasons(totals.warnings)}`,
    equal
      ? `Counts      equal in lake, warehouse${hasPostgres ? " and Postgres" : ""}`
      : "Counts      DIFFER between the stores: see the lines marked ≠",
    `dbt         ${dbt === null ? "did not run" : dbtResult(dbt)}`,
    ...(spark ? [`Spark       ${sparkResult(spark)}`] : []),
    ...source.notes.map((note) => `Note        ${note}`),
  ].join("\n");
}

function remarks({ service, file_month, equal, unchanged, synthetic }: DeliverySummary, failures: readonly Failure[]): string {
  const failure = failures.find((one) => one.service === service && one.file_month === file_month);
  const failed = failure ? `✗ ${failure.task} failed, what was there before is kept` : "";
  return [equal ? "" : "≠", failed, unchanged ? "unchanged" : "", synthetic ? "synthetic" : ""].filter(Boolean).join(" ");
}

const reasons = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .sort(([, one], [, other]) => other - one)
    .map(([reason, count]) => `${reason} ${count.toLocaleString("en-US")}`)
    .join(" · ") || "none";

function dbtResult({ statuses, failed, seconds }: NonNullable<RunSummary["dbt"]>): string {
  const counts = Object.entries(statuses).map(([status, count]) => `${String(count)} ${status}`);
  return `${counts.join(", ")} (${seconds.toFixed(1)} s)${failed.length === 0 ? "" : `; failed: ${failed.join(", ")}`}`;
}

function sparkResult({ rows, equal, message, seconds, usd }: SparkComparison): string {
  if (equal === null) return `not compared with dbt: ${message ?? ""}`;
  if (!equal) return `DIFFERS from dbt's fct_monthly_zone_revenue: ${message ?? ""}`;
  const cost = usd === null ? "" : `, about ${usd.toFixed(2)} USD`;
  const spent = seconds === null ? "unchanged" : `${seconds.toFixed(1)} s${cost}`;
  return `${(rows ?? 0).toLocaleString("en-US")} rows equal to dbt's fct_monthly_zone_revenue (${spent})`;
}
