import type { DagOutcome } from "../../contracts/run-records";
import type { DagConf } from "../../embedded/engines/airflow/dag-run";
import { followRun } from "../../operations/airflow/follow";
import { folderOf, RunFolder } from "../../operations/airflow/run-folder";
import { GoogleError } from "../../operations/google/google-error";
import { runReport, type RunSummary } from "../run-report";
import { confirmed } from "../terminal/confirm";
import { CommandError, WorkGoesOn } from "../terminal/failure";
import { MonthLines } from "../terminal/month-lines";
import { step } from "../terminal/steps";
import type { CloudAirflow } from "./cloud-airflow";
import { doneOf, failuresOf, newRunId } from "./run";

/** It is written just before `outcome.json`, but may come into the bucket just after it. */
const SUMMARY_MILLISECONDS = 30_000;

/** A run in the cloud, and what came of it. */
export interface CloudRun {
  readonly runId: string;
  readonly result: DagOutcome;

  /** What its steps left; undefined where it may not be read. */
  readonly folder: RunFolder | undefined;
}

/** Starts the DAG with these parameters and follows it. Ctrl-C leaves it going. @throws CommandError where it couldn't begin at once */
export async function runInCloud(at: CloudAirflow, conf: DagConf, signal: AbortSignal, title = "Run the pipelines"): Promise<CloudRun> {
  const paused = await at.dag.isPaused();
  await requireFree(at);
  if (paused) await requireConsent(at, signal);
  const runId = newRunId();
  await at.dag.start(runId, { ...conf, run_id: runId }, paused);
  // Afterwards, and with this run as the eldest: that of the schedule, which may wait for its month for weeks, would otherwise be before it.
  if (paused) await at.dag.unpause();
  return followInCloud(at, runId, signal, title);
}

/** Follows a run that somebody began. */
export async function followInCloud(at: CloudAirflow, runId: string, signal: AbortSignal, title = "Follow the run"): Promise<CloudRun> {
  try {
    const folder = await readableFolder(at, folderOf(await at.dag.run(runId)), signal);
    const result = await step(
      `${title} in ${at.environment} (${runId})`,
      (say) => {
        const months = new MonthLines(say);
        return followRun(runId, {
          dag: at.dag,
          folder,
          signal,
          onProgress: (line) => {
            months.show(line);
          },
        });
      },
      doneOf,
      ({ state }) => state === "failed",
    );
    return { runId, result, folder };
  } catch (error) {
    const again = `npm run pipelines -- ${at.environment} --cloud --follow ${runId}`;
    if (signal.aborted) throw new WorkGoesOn(`The run goes on in Airflow. To follow it again: ${again}\nTo stop it: ${pageOf(at, runId)}`);
    throw error;
  }
}

/** Prints the run's report, the same as on one's own machine. @throws CommandError naming what failed and where the logs are */
export async function concludeInCloud(at: CloudAirflow, { runId, result, folder }: CloudRun): Promise<void> {
  const planned = !result.failed.some(({ task }) => task === "plan");
  const summary = await folder?.awaited<RunSummary>("summary.json", planned ? SUMMARY_MILLISECONDS : 0);
  if (summary) console.log(`\n${runReport(summary, result.failed)}`);
  if (result.state === "failed")
    throw new CommandError(
      `The run failed; what was loaded before is untouched.\n${failuresOf(result).join("\n")}\n  All logs: ${pageOf(at, runId)}`,
    );
  const reports = Object.entries(at.dashboards).map(([table, url]) => `Report      ${table}: ${url}`);
  console.log(`\n${[...reports, `Airflow     ${pageOf(at, runId)}`].join("\n")}`);
}

const pageOf = ({ url }: CloudAirflow, runId: string): string => `${url}/dags/trips/runs/${encodeURIComponent(runId)}`;

/** One run at a time: another would wait, perhaps for weeks, as a scheduled one does for a month that isn't published. */
async function requireFree(at: CloudAirflow): Promise<void> {
  const [first] = await at.dag.underWay();
  if (first === undefined) return;
  const since = first.start_date === null ? "waits to begin" : `is under way since ${first.start_date.slice(0, 16).replace("T", " ")} UTC`;
  throw new CommandError(
    `The run ${first.dag_run_id} ${since}, and the DAG runs once at a time.\nFollow it: npm run pipelines -- ${at.environment} --cloud --follow ${first.dag_run_id}\nOr stop it (mark it as failed; a run of the schedule waits up to 28 days for its month): ${pageOf(at, first.dag_run_id)}`,
  );
}

async function requireConsent({ unpause, environment, url }: CloudAirflow, signal: AbortSignal): Promise<void> {
  const what = `The DAG "trips" is paused in ${environment}, as every new one is: runs wait until it is switched on. Its monthly schedule begins then, too, after this run.`;
  if (unpause || (await confirmed(`${what}\nSwitch it on?`, signal))) return;
  throw new CommandError(`${what}\nSwitch it on with --unpause, or at ${url}/dags/trips. Nothing was started.`);
}

/** Who may start DAGs needn't be allowed to read the bucket: then there is no report, but the run is followed all the same. */
async function readableFolder({ google, bucket }: CloudAirflow, name: string, signal: AbortSignal): Promise<RunFolder | undefined> {
  const folder = new RunFolder(google, bucket, name, signal);
  try {
    await folder.text("plan.json");
    return folder;
  } catch (error) {
    if (!(error instanceof GoogleError && error.status === 403)) throw error;
    console.log(
      `Without a report: what runs leave in gs://${bucket}/data/runs may not be read (${error.message}). Who is named in orchestration.users may.`,
    );
    return undefined;
  }
}
