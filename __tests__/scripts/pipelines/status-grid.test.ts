import { type Status, type StatusCell, statusGrid, type StatusLine } from "../../../scripts/pipelines/status-grid";

const current = (rows: number | null): StatusCell => ({ state: "current", rows, why: null });
const missing: StatusCell = { state: "missing", rows: null, why: null };

function line(service: string, file_month: string | null, rows: number, changes: Partial<StatusLine["stages"]> = {}): StatusLine {
  const stages = { raw: current(null), clean: current(rows), warehouse: current(rows), postgres: current(rows), marts: current(rows) };
  return { service, file_month, synthetic: false, delivery: "0123456789abcdef", stages: { ...stages, ...changes } };
}

const grid = (...deliveries: StatusLine[]): string => statusGrid({ environment: "dev", notes: [], deliveries });

test("a line per service and month, a mark and a count per stage, the reasons below", () => {
  const stale: StatusCell = { state: "stale", rows: 9990, why: "the file changed" };
  expect(
    grid(line("zones", null, 265), line("yellow", "2019-01", 10000), line("yellow", "2019-02", 9990, { postgres: stale, marts: missing })),
  ).toBe(
    [
      "Service  Month    Raw  Clean     Warehouse  Postgres  Marts",
      "───────  ───────  ───  ────────  ─────────  ────────  ────────",
      "zones             ✓    ✓    265  ✓    265   ✓    265  ✓    265",
      "yellow   2019-01  ✓    ✓ 10,000  ✓ 10,000   ✓ 10,000  ✓ 10,000",
      "yellow   2019-02  ✓    ✓  9,990  ✓  9,990   ↻  9,990  ✗",
      "",
      "✓ current  ↻ stale  ✗ missing · 1 of 2 months are current everywhere",
      "↻ yellow 2019-02 postgres: the file changed",
    ].join("\n"),
  );
});

test("without Postgres there is no column for it, and the month is current all the same", () => {
  const text = grid(line("yellow", "2019-01", 5, { postgres: null }));

  expect(text).not.toContain("Postgres");
  expect(text).toContain("1 of 1 months are current everywhere");
});

test("generated data, notes and an empty environment are said", () => {
  const status: Status = {
    environment: "dev",
    notes: ["Postgres doesn't answer"],
    deliveries: [{ ...line("yellow", "2024-01", 5), synthetic: true }],
  };

  expect(statusGrid(status)).toMatch(/^yellow .* synthetic$/m);
  expect(statusGrid(status)).toMatch(/^Note {2}Postgres doesn't answer$/m);
  expect(grid()).toBe("Nothing was received in dev yet: npm run pipelines -- dev");
});
