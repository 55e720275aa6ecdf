import type { ProgressLine } from "../../contracts/run-records";
import type { Delivery, TaskInstance } from "./answers";
import type { RunFolder } from "./run-folder";

/** Tasks of which a run on one's own machine says nothing either. */
const SILENT = new Set(["skip_unchanged", "outcome"]);

/** Where ingest calls a step something else than the DAG its task. */
const STEPS: Readonly<Record<string, string>> = { report: "summary" };

const STATUSES: Readonly<Record<string, ProgressLine["status"]>> = { success: "done", failed: "failed", up_for_retry: "failed" };

/** Whether there is anything to tell of a task: it came to the end of a try. */
export const isTold = ({ task_id: task, state }: TaskInstance): boolean => !SILENT.has(task) && state !== null && state in STATUSES;

/**
 * A task's end as the line that the same step writes on one's own machine: by ingest's own words where they are in the bucket, with the rows; by
 * what Airflow knows where they aren't there yet, or may not be read.
 */
export async function toldTask(
  instance: TaskInstance,
  deliveries: readonly Delivery[],
  folder: RunFolder | undefined,
): Promise<ProgressLine> {
  const { task_id: task, map_index: index, state, end_date: at, duration, try_number: tried, max_tries: retries } = instance;
  const [group, stage = group] = task.split(".");
  const delivery = index >= 0 ? deliveries[index] : undefined;
  const service = delivery?.service ?? (group === "zones" ? "zones" : null);
  const month = delivery?.file_month ?? null;
  const known: ProgressLine = {
    at: at ?? "",
    service,
    file_month: month,
    stage: STEPS[stage ?? ""] ?? stage ?? task,
    status: STATUSES[state ?? ""] ?? "done",
    ...(duration === null ? {} : { seconds: duration }),
  };
  const again = state === "up_for_retry" ? `try ${String(tried)} of ${String(retries + 1)}; Airflow tries again` : undefined;
  const own = await ownLine(folder, [known.stage, service, month].filter(Boolean).join("-"));
  const said = own?.status === known.status || (own?.status === "unchanged" && known.status === "done") ? { ...known, ...own } : known;
  const message = [said.message, again].filter(Boolean).join("; ");
  return message === "" ? said : { ...said, message };
}

/** The last line that the step wrote; undefined for a step of another program. */
async function ownLine(folder: RunFolder | undefined, step: string): Promise<ProgressLine | undefined> {
  const text = await folder?.text(`progress/${step}.jsonl`);
  const last = text?.trim().split("\n").at(-1);
  return last === undefined || last === "" ? undefined : (JSON.parse(last) as ProgressLine);
}
