import { table } from "../terminal/table";

/** What `ingest status` prints. */
export interface Status {
  readonly environment: string;
  readonly notes: readonly string[];
  readonly deliveries: readonly StatusLine[];
}

/** One service's month; its stages in the order in which data passes through them. */
export interface StatusLine {
  readonly service: string;
  /** `YYYY-MM`; null for zones. */
  readonly file_month: string | null;
  readonly synthetic: boolean | null;
  /** First 16 hex digits of the current delivery's sha256. */
  readonly delivery: string | null;
  readonly stages: Readonly<Record<Stage, StatusCell | null>>;
}

/** State of one month in one stage. */
export interface StatusCell {
  readonly state: "current" | "stale" | "missing";
  readonly rows: number | null;
  readonly why: string | null;
}

const STAGES = ["raw", "clean", "warehouse", "postgres", "marts"] as const;
type Stage = (typeof STAGES)[number];

const TITLES: Readonly<Record<Stage, string>> = {
  raw: "Raw",
  clean: "Clean",
  warehouse: "Warehouse",
  postgres: "Postgres",
  marts: "Marts",
};
const MARKS = { current: "✓", stale: "↻", missing: "✗" } as const;

/** The grid of service × month × stage, with the reason of each cell that isn't current, and how many months are. */
export function statusGrid({ environment, notes, deliveries }: Status): string {
  if (deliveries.length === 0) return `Nothing was received in ${environment} yet: npm run pipelines -- ${environment}`;
  const stages = STAGES.filter((stage) => deliveries.some((line) => line.stages[stage] !== null));
  const columns = stages.map((stage) => column(deliveries.map((line) => line.stages[stage])));
  const rows = deliveries.map((line, index) => [
    line.service,
    line.file_month ?? "",
    ...columns.map((cells) => cells[index] ?? ""),
    line.synthetic ? "synthetic" : "",
  ]);
  const months = deliveries.filter((line) => line.file_month !== null);
  const complete = months.filter((line) => stages.every((stage) => (line.stages[stage]?.state ?? "current") === "current"));
  return [
    table(["Service", "Month", ...stages.map((stage) => TITLES[stage]), ""], rows),
    "",
    `✓ current  ↻ stale  ✗ missing · ${String(complete.length)} of ${String(months.length)} months are current everywhere`,
    ...deliveries.flatMap((line) => reasons(line, stages)),
    ...notes.map((note) => `Note  ${note}`),
  ].join("\n");
}

/** Mark and count, the counts right-aligned below each other. */
function column(cells: readonly (StatusCell | null)[]): string[] {
  const counts = cells.map((cell) => cell?.rows?.toLocaleString("en-US") ?? "");
  const width = Math.max(...counts.map((count) => count.length));
  return cells.map((cell, index) => (cell === null ? "" : `${MARKS[cell.state]} ${(counts[index] ?? "").padStart(width)}`.trimEnd()));
}

function reasons({ service, file_month, stages }: StatusLine, shown: readonly Stage[]): string[] {
  const where = [service, file_month].filter(Boolean).join(" ");
  return shown.flatMap((stage) => {
    const cell = stages[stage];
    return cell?.state === "stale" ? [`↻ ${where} ${TITLES[stage].toLowerCase()}: ${cell.why ?? ""}`] : [];
  });
}
