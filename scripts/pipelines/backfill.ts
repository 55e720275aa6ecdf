import { DagRunInterrupted } from "../../embedded/engines/airflow/airflow-error";
import type { DagOutcome } from "../../contracts/run-records";
import { CommandError } from "../terminal/failure";
import { table } from "../terminal/table";
import type { PipelineRun } from "./run";

/** The part of `plan.json` that a backfill goes by. */
export interface BackfillPlan {
  readonly deliveries: readonly Delivery[];
  readonly changed: readonly Delivery[];

  /** Months that the source doesn't have yet. */
  readonly awaited: readonly Delivery[];
}

/** One file month of one service. */
export interface Delivery {
  readonly service: string;
  readonly file_month: string;
}

/** How one delivery ended. */
export interface BackfillLine extends Delivery {
  readonly outcome: "unchanged" | "loaded" | "failed" | "not published yet";

  /** Of a failure: the step, and what it said. */
  readonly why?: string;
}

/**
 * Loads what has changed, oldest months first, `batch` months to a run; a run or a month that fails stops none after it.
 *
 * Being stopped and begun again costs nothing: the plan leaves out what was finished.
 *
 * @param run runs the pipelines on the months given.
 */
export async function backfill(
  plan: BackfillPlan,
  batch: number,
  run: (months: readonly string[], title: string) => Promise<PipelineRun>,
  signal: AbortSignal,
): Promise<BackfillLine[]> {
  const lines = untouched(plan);
  const months = [...new Set(plan.changed.map(({ file_month }) => file_month))].sort();
  for (let start = 0; start < months.length; start += batch) {
    const some = months.slice(start, start + batch);
    const title = `Months ${String(start + 1)} to ${String(start + some.length)} of ${String(months.length)}: ${some.join(", ")}`;
    const wanted = plan.changed.filter(({ file_month }) => some.includes(file_month));
    lines.push(...(await outcomes(wanted, () => run(some, title), signal)));
  }
  return byMonth(lines);
}

/** What a plan leaves alone. */
export function untouched(plan: BackfillPlan): BackfillLine[] {
  const changed = new Set(plan.changed.map(keyOf));
  return [
    ...plan.deliveries.filter((one) => !changed.has(keyOf(one))).map((one) => ({ ...bare(one), outcome: "unchanged" as const })),
    ...plan.awaited.map((one) => ({ ...bare(one), outcome: "not published yet" as const })),
  ];
}

/** How the deliveries of a run ended. */
export const ended = (wanted: readonly Delivery[], result: Pick<DagOutcome, "failed">): BackfillLine[] =>
  wanted.map((one) => ({ ...bare(one), ...outcomeOf(one, result) }));

/** Oldest months first. */
export const byMonth = (lines: readonly BackfillLine[]): BackfillLine[] =>
  [...lines].sort((one, other) => keyOf(one).localeCompare(keyOf(other)));

/** A line per delivery, and the count of each outcome. */
export function backfillReport(lines: readonly BackfillLine[]): string {
  const marks = { unchanged: "–", loaded: "✓", failed: "✗", "not published yet": "…" } as const;
  const counts = Object.keys(marks).flatMap((outcome) => {
    const count = lines.filter((line) => line.outcome === outcome).length;
    return count === 0 ? [] : [`${String(count)} ${outcome}`];
  });
  return [
    table(
      ["Month", "Service", "", "Outcome"],
      lines.map(({ file_month, service, outcome, why }) => [file_month, service, marks[outcome], why ?? outcome]),
    ),
    "",
    counts.join(" · ") || "Nothing to do",
  ].join("\n");
}

async function outcomes(wanted: readonly Delivery[], run: () => Promise<PipelineRun>, signal: AbortSignal): Promise<BackfillLine[]> {
  try {
    const { result } = await run();
    return ended(wanted, result);
  } catch (error) {
    // Whoever stops the command wants no further run.
    if (signal.aborted || !(error instanceof Error) || error instanceof DagRunInterrupted) throw error;
    return wanted.map((one) => ({ ...bare(one), outcome: "failed", why: firstLine(error.message) }));
  }
}

/** A failure of the plan or of dbt is everybody's; the report's is too, unless it only says that some month failed. */
function outcomeOf(one: Delivery, { failed }: Pick<DagOutcome, "failed">): Pick<BackfillLine, "outcome" | "why"> {
  const months = failed.filter(({ service }) => service !== null);
  const failure =
    months.find(({ service, file_month }) => service === one.service && file_month === one.file_month) ??
    failed.find(({ task, service }) => service === null && (task !== "report" || months.length === 0));
  return failure ? { outcome: "failed", why: `${failure.task}: ${firstLine(failure.message)}` } : { outcome: "loaded" };
}

/** @throws CommandError for anything but a whole number from 1 up */
export function batchIn(given: string): number {
  if (!/^[1-9]\d*$/.test(given)) throw new CommandError(`--batch: expected a whole number from 1 up, but there stands "${given}".`);
  return Number(given);
}

const firstLine = (text: string): string => text.split("\n")[0] ?? "";
const keyOf = ({ service, file_month }: Delivery): string => `${file_month} ${service}`;
const bare = ({ service, file_month }: Delivery): Delivery => ({ service, file_month });
