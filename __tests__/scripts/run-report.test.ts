import { type DeliverySummary, runReport, type RunSummary } from "../../scripts/run-report";

const january: DeliverySummary = {
  service: "yellow",
  file_month: "2019-01",
  synthetic: false,
  unchanged: false,
  rows_read: 10000,
  rows_accepted: 9998,
  rows_warned: 301,
  rows_rejected: 2,
  rejections: { pickup_far_from_file_month: 2 },
  seconds: 1.04,
  counts: { lake: 9998, warehouse: 9998, postgres: 9998 },
  equal: true,
};

const summary: RunSummary = {
  source: { kind: "folder", location: "/data", synthetic: false, notes: ["ignored: rides.csv"] },
  deliveries: [january],
  totals: {
    rows_read: 10000,
    rows_accepted: 9998,
    rows_warned: 301,
    rows_rejected: 2,
    warnings: { zero_distance: 67, dropoff_zone_unknown: 138 },
    rejections: { pickup_far_from_file_month: 2 },
    lake: 9998,
    warehouse: 9998,
    postgres: 9998,
  },
  equal: true,
  dbt: { statuses: { success: 8, pass: 90 }, failed: [], seconds: 4.21 },
  spark: { rows: 1306, equal: true, message: null, seconds: 12.34, usd: null },
};

test("a line per month with the counts of every store side by side, then the reasons, most frequent first", () => {
  expect(runReport(summary)).toBe(
    [
      "Service  Month      Read  Accepted  Warned  Rejected   Lake  Warehouse  Postgres  Seconds",
      "───────  ───────  ──────  ────────  ──────  ────────  ─────  ─────────  ────────  ───────",
      "yellow   2019-01  10,000     9,998     301         2  9,998      9,998     9,998  1.0",
      "trips             10,000     9,998     301         2  9,998      9,998     9,998",
      "",
      "Rejected    pickup_far_from_file_month 2",
      "Warned      dropoff_zone_unknown 138 · zero_distance 67",
      "Counts      equal in lake, warehouse and Postgres",
      "dbt         8 success, 90 pass (4.2 s)",
      "Spark       1,306 rows equal to dbt's fct_monthly_zone_revenue (12.3 s)",
      "Note        ignored: rides.csv",
    ].join("\n"),
  );
});

test("stores that differ, generated data and unchanged months are said where the counts stand", () => {
  const odd = { ...january, equal: false, synthetic: true, unchanged: true, counts: { lake: 9998, warehouse: 9000, postgres: 9998 } };
  const text = runReport({ ...summary, source: { ...summary.source, synthetic: true }, deliveries: [odd], equal: false });

  expect(text).toMatch(/yellow .* 9,998 +9,000 +9,998 +– +≠ unchanged synthetic/);
  expect(text).toContain("SYNTHETIC: generated, not driven");
  expect(text).toContain("Counts      DIFFER between the stores: see the lines marked ≠");
});

test("a month that failed says so beside what is still held of it", () => {
  const text = runReport(summary, [{ task: "fetch", service: "yellow", file_month: "2019-01" }]);

  expect(text).toMatch(/yellow .*✗ fetch failed, what was there before is kept$/m);
});

test("without Postgres there is no column for it; without dbt that is said", () => {
  const text = runReport({
    ...summary,
    deliveries: [{ ...january, counts: { ...january.counts, postgres: null } }],
    totals: { ...summary.totals, postgres: null },
    dbt: null,
  });

  expect(text).not.toContain("Postgres");
  expect(text).toContain("dbt         did not run");
});

const compared = { rows: 1306, equal: true, message: null, seconds: 65, usd: null };
const difference = "yellow 2019-01 zone 230: trips is 2 in Spark, 3 in dbt";

test.each([
  ["a batch's cost", { ...compared, usd: 0.042 }, "1,306 rows equal to dbt's fct_monthly_zone_revenue (65.0 s, about 0.04 USD)"],
  ["an earlier run's report", { ...compared, seconds: null }, "1,306 rows equal to dbt's fct_monthly_zone_revenue (unchanged)"],
  ["a difference", { ...compared, equal: false, message: difference }, `DIFFERS from dbt's fct_monthly_zone_revenue: ${difference}`],
  ["nothing to compare", { ...compared, equal: null, message: "the stores differ" }, "not compared with dbt: the stores differ"],
])("beside dbt's result stands Spark's: %s", (_what, spark, line) => {
  expect(runReport({ ...summary, spark }).split("\n")).toContain(`Spark       ${line}`);
});

test("where Spark is switched off, or was not known yet, there is no line for it", () => {
  const { spark: _, ...earlier } = summary;

  for (const without of [{ ...summary, spark: null }, earlier]) expect(runReport(without)).not.toContain("Spark");
});
