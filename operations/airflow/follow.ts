import { setTimeout as delay } from "node:timers/promises";
import type { DagOutcome, FailedTask, ProgressLine } from "../../contracts/run-records";
import type { Delivery, RunOfDag, TaskInstance } from "./answers";
import type { RunFolder } from "./run-folder";
import { isTold, toldTask } from "./told-task";
import type { TripsDag } from "./trips-dag";

/** Airflow's machine brings its files into the bucket every minute. */
const ON_ITS_WAY_MILLISECONDS = 3 * 60_000;

/** How a run is followed. */
export interface Following {
  readonly dag: TripsDag;

  /** What its steps leave behind; undefined where it may not be read. */
  readonly folder: RunFolder | undefined;

  /** Gets a line when a task has ended, and when a try of it has. */
  readonly onProgress: (line: ProgressLine) => void;

  /** Ends the following, not the run. */
  readonly signal: AbortSignal;

  /**
   * Milliseconds between two looks.
   *
   * @default 5000
   */
  readonly patience?: number;
}

/** Watches a run to its end. A run whose tasks failed is a result, not an error. @throws AirflowApiError, GoogleError */
export async function followRun(id: string, { dag, folder, onProgress, signal, patience = 5000 }: Following): Promise<DagOutcome> {
  const told = new Set<string>();
  let deliveries: readonly Delivery[] = [];
  for (;;) {
    // The state first: what its tasks say is never older than it.
    const { state } = await dag.run(id);
    const instances = await dag.taskInstances(id);
    const fresh = instances.filter((one) => isTold(one) && !told.has(keyOf(one))).sort(byEnd);
    if (deliveries.length === 0 && instances.some(({ map_index: index }) => index >= 0)) deliveries = await dag.deliveries(id);
    for (const one of fresh) {
      told.add(keyOf(one));
      onProgress(await toldTask(one, deliveries, folder));
    }
    if (state === "success" || state === "failed") return outcomeOf(state, instances, deliveries, folder);
    await delay(patience, undefined, { signal });
  }
}

/** By the run's own last word, `outcome.json`; where it never came to that, by its tasks' states. */
async function outcomeOf(
  state: DagOutcome["state"] & RunOfDag["state"],
  instances: readonly TaskInstance[],
  deliveries: readonly Delivery[],
  folder: RunFolder | undefined,
): Promise<DagOutcome> {
  const spoke = instances.some(({ task_id: task, state: its }) => task === "outcome" && (its === "success" || its === "failed"));
  const own = spoke ? await folder?.awaited<DagOutcome>("outcome.json", ON_ITS_WAY_MILLISECONDS) : undefined;
  if (own) return { ...own, state };
  const tasks: Record<string, number> = {};
  for (const { state: its } of instances) tasks[its ?? "not begun"] = (tasks[its ?? "not begun"] ?? 0) + 1;
  const failed = instances.filter(({ task_id: task, state: its }) => its === "failed" && task !== "outcome");
  return { state, tasks, failed: failed.map((one) => failedTask(one, deliveries)) };
}

function failedTask({ task_id: task, map_index: index }: TaskInstance, deliveries: readonly Delivery[]): FailedTask {
  const [group, stage] = task.split(".");
  const { service, file_month } = deliveries[index] ?? { service: stage === undefined ? null : (group ?? null), file_month: null };
  return { task: stage ?? task, service, file_month, message: "see its log in Airflow" };
}

const keyOf = ({ task_id: task, map_index: index, try_number: tried, state }: TaskInstance): string =>
  [task, index, tried, state].join(" ");
const byEnd = (one: TaskInstance, other: TaskInstance): number => (one.end_date ?? "").localeCompare(other.end_date ?? "");
