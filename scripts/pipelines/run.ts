import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Airflow } from "../../embedded/engines/airflow/airflow";
import type { DagOutcome } from "../../contracts/run-records";
import type { DagConf, DagRunResult } from "../../embedded/engines/airflow/dag-run";
import { buildDashboard } from "../../pipelines/dashboard/build";
import { airflowOptions, type LocalSettings, paths, root, serveDev } from "../local-dev";
import { runReport, type RunSummary } from "../run-report";
import { isKafkaDeployed } from "../streaming/local-kafka";
import type { StreamOutcome } from "../streaming/stream-one";
import { CommandError } from "../terminal/failure";
import { MonthLines } from "../terminal/month-lines";
import { step } from "../terminal/steps";

/** One run of the DAG `trips`, and what came of it. */
export interface PipelineRun {
  readonly runId: string;
  readonly result: DagRunResult;
}

/** Airflow for this machine's environment. */
export const localAirflow = (): Airflow => new Airflow(airflowOptions);

/** Starts what serves the deployed environment, and says so. */
export function serve(): Promise<LocalSettings> {
  return step(
    "Start the engines",
    async (say) => {
      const settings = await serveDev(say);
      await buildDashboard(root, join(settings.paths.dashboard, "template.html"));
      return settings;
    },
    ({ postgres }) => `lake, warehouse${postgres ? `, Postgres on port ${String(postgres.port)}` : ""}`,
  );
}

/**
 * Makes Airflow ready beside whatever makes its settings: neither needs the other. Both come to their end before an error is thrown, so that
 * nothing goes on once the lock is given back.
 */
export async function besideAirflow(airflow: Airflow, work: () => Promise<LocalSettings>, signal: AbortSignal): Promise<LocalSettings> {
  const [prepared, settings] = await Promise.allSettled([airflow.prepare(), work()]);
  if (settings.status === "rejected") throw settings.reason;
  if (prepared.status === "rejected") throw prepared.reason;
  signal.throwIfAborted();
  return settings.value;
}

/** Name of a new run: the present moment, UTC, to the second. */
export const newRunId = (): string => new Date().toISOString().replace(/\D/g, "").slice(0, 14);

/** Runs the DAG once and shows how far it is. A run whose tasks failed is a result, not an error. */
export async function runPipelines(
  airflow: Airflow,
  conf: DagConf,
  signal: AbortSignal,
  title = "Run the pipelines",
): Promise<PipelineRun> {
  const runId = newRunId();
  const result = await step(
    title,
    (say) => follow(airflow, runId, conf, signal, say),
    doneOf,
    ({ state }) => state === "failed",
  );
  return { runId, result };
}

/** Prints the run's report, and what became of the stream. @throws CommandError naming what failed and where the log is */
export function conclude({ runId, result }: PipelineRun, settings: LocalSettings, stream?: StreamOutcome): void {
  const summary = join(settings.paths.runs, runId, "summary.json");
  if (existsSync(summary)) console.log(`\n${runReport(JSON.parse(readFileSync(summary, "utf8")) as RunSummary, result.failed)}`);
  if (stream) console.log(`Stream      ${stream.line}`);
  if (result.state === "failed") {
    throw new CommandError(
      `The run failed; what was loaded before is untouched.\n${failuresOf(result).join("\n")}\n  The whole log: ${result.logFile}`,
    );
  }
  if (stream?.error) throw stream.error;
  console.log(`\n${whereThingsAre(settings)}`);
}

/** How many tasks are done, and how many failed. */
export const doneOf = ({ tasks, failed }: DagOutcome): string =>
  `${String(tasks.success ?? 0)} tasks done${failed.length === 0 ? "" : `, ${String(failed.length)} failed`}`;

/** What failed, a line each with what the program said. */
export const failuresOf = ({ failed }: DagOutcome): string[] =>
  failed.map(
    ({ task, service, file_month, message }) =>
      `  ${[service, file_month, task].filter(Boolean).join(" ")}: ${message.replaceAll("\n", "\n    ")}`,
  );

async function follow(
  airflow: Airflow,
  runId: string,
  conf: DagConf,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<DagRunResult> {
  mkdirSync(join(paths.runs(), runId), { recursive: true });
  const months = new MonthLines(say);
  return airflow.runDag({
    runId,
    conf,
    onProgress: (line) => {
      months.show(line);
    },
    signal,
  });
}

function whereThingsAre({ paths: folders, postgres, warehouse, lake }: LocalSettings): string {
  const near = (path: string): string => relative(process.cwd(), path);
  return [
    `Dashboard   ${pathToFileURL(join(folders.dashboard, "index.html")).href}`,
    `Lake        ${near(fileURLToPath(lake.clean))}`,
    `Warehouse   ${near(warehouse.readCopy)}  (a DuckDB copy to read)`,
    `            npm run sql -- "select service, count(*) as trips from trips_marts.fct_trips group by all"`,
    ...(postgres?.login === "password"
      ? [
          `Postgres    PGPASSWORD="$(cat '${near(postgres.passwordFile)}')" psql -h ${postgres.host} -p ${String(postgres.port)} -U ${postgres.user} ${postgres.database}`,
        ]
      : []),
    ...(isKafkaDeployed()
      ? ["Kafka       npm run live shows a stream, npm run produce sends one; npm run topics lists what is there"]
      : []),
    `Logs        ${near(folders.logs)}`,
    "",
    "Stop what runs: npm run down · start it again: npm run up · remove everything: npm run destroy",
  ].join("\n");
}
