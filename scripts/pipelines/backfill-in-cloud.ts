import type { DagConf } from "../../embedded/engines/airflow/dag-run";
import { type BackfillLine, type BackfillPlan, byMonth, ended, untouched } from "./backfill";
import type { CloudRun } from "./run-in-cloud";

/** Name of the line of a month of which nothing is known but how its run ended. */
const ALL = "all";

/**
 * Loads months, oldest first, `batch` of them to a run of the cloud's Airflow. What a run finds unchanged costs it seconds, so nothing is planned
 * beforehand; a month that fails stops none after it. What can't be started, or followed, does.
 *
 * @param run runs the pipelines on the months given.
 */
export async function backfillInCloud(
  { months = "", ...conf }: DagConf,
  batch: number,
  run: (conf: DagConf, title: string) => Promise<CloudRun>,
): Promise<BackfillLine[]> {
  const all = months.split(",");
  const lines: BackfillLine[] = [];
  for (let start = 0; start < all.length; start += batch) {
    const some = all.slice(start, start + batch);
    const title = `Months ${String(start + 1)} to ${String(start + some.length)} of ${String(all.length)}: ${some.join(", ")}`;
    const { result, folder } = await run({ ...conf, months: some.join(",") }, title);
    const text = await folder?.text("plan.json");
    const plan = text === undefined ? undefined : (JSON.parse(text) as Partial<BackfillPlan>);
    if (isWhole(plan)) lines.push(...untouched(plan), ...ended(plan.changed, result));
    else
      lines.push(
        ...ended(
          some.map((month) => ({ service: ALL, file_month: month })),
          result,
        ),
      );
  }
  return byMonth(lines);
}

/** A plan that failed leaves a record, too, but no deliveries. */
const isWhole = (plan: Partial<BackfillPlan> | undefined): plan is BackfillPlan => plan?.changed !== undefined;
