import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { DagOutcome, ProgressLine } from "../../../contracts/run-records";
import { airflowEnvironment, pipelineEnvironment, type RunSettings } from "./airflow-environment";
import { AirflowError, DagRunInterrupted } from "./airflow-error";
import type { AirflowOptions } from "./airflow-options";
import { registerGraph } from "./graph";
import { lastLines } from "./prepare";
import { signalProcess, stopGroup } from "./process-group";
import { ProgressLines } from "./progress-lines";
import { endLeftoverRun, forgetRunning, noteRunning } from "./running-file";

const POLL_MS = 100;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Parameters of the DAG `trips`; what is left out takes the DAG's own default. */
export interface DagConf {
  /** `auto`, `tlc`, `synthetic`, or the absolute path of a folder. */
  readonly source?: string;
  readonly services?: readonly string[];
  /** `2019-01,2019-02` or `2019-01..2019-03`. */
  readonly months?: string;
}

export interface DagRunRequest {
  /** Names the run's folder and log; letters, digits, `.`, `_` and `-`. */
  readonly runId: string;
  /** @default - the DAG's own parameters */
  readonly conf?: DagConf;
  /** Gets the run's progress lines as they are written. */
  readonly onProgress?: (line: ProgressLine) => void;
  /** Stops the run. SIGINT, SIGTERM and SIGHUP to this process do so anyway. */
  readonly signal?: AbortSignal;
}

export interface DagRunResult extends DagOutcome {
  readonly exitCode: number | null;
  readonly seconds: number;
  readonly logFile: string;
}

/**
 * Runs the DAG `trips` once with `airflow dags test` and waits for its end. A run whose tasks failed is a result, not an error.
 *
 * @throws AirflowError when Airflow ended without an outcome, e.g. because the DAG can't be parsed.
 * @throws DagRunInterrupted when it was stopped; nothing of it is running then.
 */
export async function runDag(options: AirflowOptions, { runId, conf, onProgress, signal }: DagRunRequest): Promise<DagRunResult> {
  const begun = Date.now();
  const settings = JSON.parse(await readFile(options.settingsFile, "utf8")) as RunSettings;
  const runFolder = join(settings.paths.runs, runId);
  const outcomeFile = join(runFolder, "outcome.json");
  const logFile = join(settings.paths.logs, `airflow-${runId}.log`);
  await endLeftoverRun(options);
  await Promise.all([mkdir(settings.paths.logs, { recursive: true }), rm(outcomeFile, { force: true })]);
  await registerGraph(options, settings, logFile);
  const progress = new ProgressLines(join(runFolder, "progress.jsonl"));
  await progress.skip();

  const log = await open(logFile, "w");
  const child = spawn(
    options.orchestrationPython,
    ["-m", "airflow", "dags", "test", "trips", "--conf", JSON.stringify({ ...conf, run_id: runId })],
    {
      env: { ...airflowEnvironment(options), ...pipelineEnvironment(options, settings) },
      stdio: ["ignore", log.fd, log.fd],
      // A process group of its own: whoever stops the group stops ingest and dbt too.
      detached: true,
    },
  );
  const ended = once(child, "exit") as Promise<[number | null]>;
  ended.catch(() => undefined);
  try {
    if (child.pid !== undefined) await noteRunning(options, runId, child.pid);
    const by = await untilEnd(child, ended, signal, async () => {
      for (const line of await progress.next()) onProgress?.(line);
    });
    if (by !== undefined) throw new DagRunInterrupted(runId, by);
    const [exitCode] = await ended;
    const outcome = await readFile(outcomeFile, "utf8").catch(() => undefined);
    if (outcome === undefined) throw new AirflowError(`Airflow ended without an outcome:\n${await lastLines(logFile)}`, logFile);
    return {
      ...(JSON.parse(outcome) as DagOutcome),
      exitCode,
      seconds: (Date.now() - begun) / 1000,
      logFile,
    };
  } finally {
    if (child.pid !== undefined) await stopGroup(child.pid);
    await forgetRunning(options);
    await log.close();
  }
}

/** Resolves when the child has ended, or with who asked for it when it is to be stopped. */
async function untilEnd(
  child: ChildProcess,
  ended: Promise<unknown>,
  signal: AbortSignal | undefined,
  follow: () => Promise<void>,
): Promise<string | undefined> {
  let by: string | undefined = signal?.aborted ? "abort" : undefined;
  let over = false;
  const onAbort = () => (by ??= "abort");
  const onSignal = (name: NodeJS.Signals) => (by ??= name);
  // The last resort, should somebody call process.exit meanwhile: it leaves no time to wait.
  const onExit = () => child.pid !== undefined && signalProcess(-child.pid, "SIGKILL");
  signal?.addEventListener("abort", onAbort);
  for (const name of SIGNALS) process.on(name, onSignal);
  process.on("exit", onExit);
  const done = ended.finally(() => (over = true));
  try {
    while (!over && by === undefined) {
      await Promise.race([done, delay(POLL_MS)]);
      await follow();
    }
    return by;
  } finally {
    signal?.removeEventListener("abort", onAbort);
    for (const name of SIGNALS) process.off(name, onSignal);
    process.off("exit", onExit);
  }
}
