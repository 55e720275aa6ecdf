import { type DerivedTable, lakehouseReport } from "../../../scripts/pipelines/lakehouse";

const derived = (values: Partial<DerivedTable> = {}): DerivedTable => ({
  format: "iceberg",
  table: "yellow_trips",
  rows: 179_998,
  months_changed: 1,
  inserted: 20,
  updated: 9_990,
  deleted: 10,
  versions: 19,
  bytes: 8_199_719,
  seconds: 1.27,
  equal: true,
  different: [],
  problems: [],
  ...values,
});

test("a line for each table", () => {
  expect(lakehouseReport([derived(), derived({ format: "delta", seconds: 0.52, versions: 20 })])).toBe(
    [
      "Format   Table            Rows  Months changed  Inserted  Updated  Deleted  Versions      Bytes  Seconds  Equal",
      "───────  ────────────  ───────  ──────────────  ────────  ───────  ───────  ────────  ─────────  ───────  ─────",
      "iceberg  yellow_trips  179,998               1        20    9,990       10        19  8,199,719  1.3      ✓",
      "delta    yellow_trips  179,998               1        20    9,990       10        20  8,199,719  0.5      ✓",
    ].join("\n"),
  );
});

test("what is wrong stands below, each once", () => {
  const problem = "the file of yellow 2024-02 can't be read\n  where: a file\n  mend:  clean the month again";
  const report = lakehouseReport([
    derived({ equal: false, different: ["2024-01"] }),
    derived({ equal: false, problems: [problem] }),
    derived({ equal: false, problems: [problem], format: "delta" }),
  ]);
  expect(report.split("\n").slice(5)).toEqual([
    "✗ iceberg yellow_trips: not the lake's rows in 2024-01. Derive it anew: --rebuild",
    ...`✗ ${problem}`.split("\n"),
  ]);
});
