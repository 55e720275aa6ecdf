import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { tripTables } from "../../contracts/tables";
import type { DagRunResult } from "../../embedded/engines/airflow/dag-run";
import { Airflow } from "../../embedded/engines/airflow/airflow";
import { stopEngines } from "../../embedded/engines/engines";
import { buildDashboard } from "../../pipelines/dashboard/build";
import type { Settings } from "../../pipelines/settings/settings";
import { alone, deployDev, paths, python, root, serveDev } from "../local-dev";
import { runReport, type RunSummary } from "../run-report";
import { CommandError, runCommand } from "../terminal/failure";
import { MonthLines } from "../terminal/month-lines";
import { step } from "../terminal/steps";
import { type StartOptions, startHelp, startOptions } from "./start-options";

/** `npm start`: deploys dev to this machine, runs the pipelines on it, and shows what came of it. */
void runCommand(async (signal) => {
  const options = startOptions(
    process.argv.slice(2),
    tripTables.map(({ service }) => service),
  );
  if (options.help) {
    console.log(startHelp);
    return 0;
  }
  return alone("npm start", () => start(options, signal));
});

async function start(options: StartOptions, signal: AbortSignal): Promise<number> {
  const airflow = new Airflow({
    root,
    environmentDir: paths.folder,
    orchestrationPython: python("orchestration"),
    dataPython: python("data"),
    settingsFile: paths.settings(),
  });
  try {
    // Airflow's database needs nothing of the deployment.
    const [, settings] = await Promise.all([airflow.prepare(), deployAndServe(signal)]);
    const runId = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
    const result = await step(
      "Run the pipelines",
      (say) => runPipelines(airflow, runId, options, signal, say),
      ({ tasks, failed }) => `${String(tasks.success ?? 0)} tasks done${failed.length === 0 ? "" : `, ${String(failed.length)} failed`}`,
      ({ state }) => state === "failed",
    );
    return conclude(result, join(settings.paths.runs, runId, "summary.json"), settings);
  } catch (error) {
    if (signal.aborted) await stopEngines(paths);
    throw error;
  }
}

async function deployAndServe(signal: AbortSignal): Promise<Settings> {
  await step(
    "Deploy dev to this machine",
    () => deployDev(signal),
    ({ added, changed, destroyed }) => `${String(added)} added, ${String(changed)} changed, ${String(destroyed)} destroyed`,
  );
  return step(
    "Start the engines",
    serve,
    ({ postgres }) => `lake, warehouse${postgres ? `, Postgres on port ${String(postgres.port)}` : ""}`,
  );
}

async function serve(): Promise<Settings> {
  const settings = await serveDev();
  await buildDashboard(root, join(settings.paths.dashboard, "template.html"));
  return settings;
}

async function runPipelines(
  airflow: Airflow,
  runId: string,
  options: StartOptions,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<DagRunResult> {
  mkdirSync(join(paths.runs(), runId), { recursive: true });
  const months = new MonthLines(say);
  const { source, services, months: asked } = options;
  return airflow.runDag({
    runId,
    conf: { source, services, months: asked },
    onProgress: (line) => {
      months.show(line);
    },
    signal,
  });
}

function conclude(result: DagRunResult, summaryFile: string, settings: Settings): number {
  if (existsSync(summaryFile)) console.log(`\n${runReport(JSON.parse(readFileSync(summaryFile, "utf8")) as RunSummary, result.failed)}`);
  if (result.state === "failed") {
    const failures = result.failed.map(
      ({ task, service, file_month, message }) =>
        `  ${[service, file_month, task].filter(Boolean).join(" ")}: ${message.replaceAll("\n", "\n    ")}`,
    );
    throw new CommandError(
      `The run failed; what was loaded before is untouched.\n${failures.join("\n")}\n  The whole log: ${result.logFile}`,
    );
  }
  console.log(`\n${whereThingsAre(settings)}`);
  return 0;
}

function whereThingsAre({ paths: folders, postgres, warehouse, lake }: Settings): string {
  const near = (path: string): string => relative(process.cwd(), path);
  return [
    `Dashboard   ${pathToFileURL(join(folders.dashboard, "index.html")).href}`,
    `Lake        ${near(new URL(lake.clean).pathname)}`,
    `Warehouse   ${near(warehouse.readCopy)}  (a DuckDB copy to read)`,
    `            npm run sql -- "select service, count(*) as trips from trips_marts.fct_trips group by all"`,
    ...(postgres
      ? [
          `Postgres    PGPASSWORD="$(cat ${near(postgres.passwordFile)})" psql -h ${postgres.host} -p ${String(postgres.port)} -U ${postgres.user} ${postgres.database}`,
        ]
      : []),
    `Logs        ${near(folders.logs)}`,
    "",
    "Stop what runs: npm run down · start it again: npm run up · remove everything: npm run destroy",
  ].join("\n");
}
