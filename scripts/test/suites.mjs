import { readdirSync } from "node:fs";
import { join } from "node:path";
import { embedded, environmentPython, root } from "../setup/places.mjs";
import { fromDbt, fromJest, fromJunit } from "./counts.mjs";

export const results = join(embedded, "test");

const dataTool = (name) => join(embedded, "python", "data", "bin", name);
const npmTool = (path) => [process.execPath, join(root, "node_modules", path)];

const linter = (title, folder, command, env) => ({ group: "lint", title, folder, command, env });

/** mypy itself is part of the data environment; the packages that the code imports are those of the environment that it runs in. */
const mypy = (folder, environment) =>
  linter(`mypy ${folder}`, folder, [
    dataTool("mypy"),
    "--python-executable",
    environmentPython(environment),
    "--cache-dir",
    join(results, "mypy"),
  ]);

/**
 * `workers`: processes among which the tests are spread, each with servers of its own. Each gets a run of neighbours, since they share what
 * takes long to make; who is through takes tests from another. (xdist's groups don't work with this pytest.)
 */
function pytest(folder, environment, { workers } = {}) {
  const report = join(results, `${folder.replaceAll("/", "-")}.xml`);
  const spread = workers ? ["--numprocesses", String(workers), "--dist", "worksteal"] : [];
  const command = [environmentPython(environment), "-m", "pytest", ...spread, "--junit-xml", report];
  return { group: "pytest", title: `pytest ${folder}`, folder, command, reports: [{ file: report, count: fromJunit }] };
}

const jestReport = join(results, "jest.json");
const lifeCycleReport = join(results, "life-cycle.json");
const googleSqlReport = join(results, "googlesql.json");
const streamingReport = join(results, "streaming.json");
const streamsReport = join(results, "streams.xml");

/**
 * All that `npm test` runs, in order. A suite: `group` for --only; `folder`, where it runs, relative to the project; `command`;
 * `reports`, the files that it leaves to count its tests by (without any, it counts as one test).
 */
export const suites = [
  linter("tsc", ".", [...npmTool("typescript/bin/tsc"), "--noEmit"]),
  linter("eslint", ".", [...npmTool("eslint/bin/eslint.js"), "."]),
  linter("prettier", ".", [...npmTool("prettier/bin/prettier.cjs"), "--check", "--log-level", "warn", "."]),
  linter("zizmor", ".", [dataTool("zizmor"), "--offline", "--no-progress", "--quiet", ".github/workflows"]),
  linter("ruff check", "pipelines", [dataTool("ruff"), "check", "--quiet", ".", "../scripts"]),
  linter("ruff format", "pipelines", [dataTool("ruff"), "format", "--check", "--quiet", ".", "../scripts"]),
  mypy("pipelines/ingest", "data"),
  mypy("pipelines/dags", "composer"),
  mypy("pipelines/dbt", "data"),
  mypy("pipelines/jars", "data"),
  mypy("pipelines/streaming/broker", "data"),
  mypy("pipelines/streaming/sinks", "data"),
  mypy("pipelines/streaming/spark", "spark"),
  mypy("pipelines/spark", "spark"),
  mypy("pipelines/lakehouse", "lakehouse"),
  linter("sqlfluff", "pipelines/dbt", [dataTool("sqlfluff"), "lint", "--nocolor", "--disable-progress-bar", "models", "tests"], {
    DBT_WAREHOUSE_FILE: join(results, "sqlfluff.duckdb"),
  }),
  // By bash, for those that are parts of another script name no shell.
  linter("shellcheck", ".", [dataTool("shellcheck"), "--shell=bash", "--external-sources", "--source-path=SCRIPTDIR", ...shellScripts()]),
  {
    group: "jest",
    title: "jest",
    folder: ".",
    command: [...npmTool("jest/bin/jest.js"), "--ci", "--json", "--outputFile", jestReport],
    takesPatterns: true,
    reports: [{ file: jestReport, count: fromJest }],
  },
  {
    group: "life-cycle",
    title: "life cycle",
    folder: ".",
    command: [
      ...npmTool("jest/bin/jest.js"),
      "--ci",
      "--config",
      "__tests__/life-cycle/jest.config.cjs",
      "--json",
      "--outputFile",
      lifeCycleReport,
    ],
    reports: [{ file: lifeCycleReport, count: fromJest }],
  },
  {
    group: "googlesql",
    title: "GoogleSQL",
    folder: ".",
    command: [
      ...npmTool("jest/bin/jest.js"),
      "--ci",
      "--config",
      "__tests__/googlesql/jest.config.cjs",
      "--json",
      "--outputFile",
      googleSqlReport,
    ],
    reports: [{ file: googleSqlReport, count: fromJest }],
  },
  {
    group: "streaming",
    title: "Kafka",
    folder: ".",
    command: [
      ...npmTool("jest/bin/jest.js"),
      "--ci",
      "--config",
      "__tests__/streaming/jest.config.cjs",
      "--json",
      "--outputFile",
      streamingReport,
    ],
    reports: [{ file: streamingReport, count: fromJest }],
  },
  {
    group: "streams",
    title: "Kafka Streams",
    folder: ".",
    command: [...npmTool("tsx/dist/cli.mjs"), "scripts/streaming/test-streams.ts", environmentPython("spark"), streamsReport],
    reports: [{ file: streamsReport, count: fromJunit }],
  },
  pytest("pipelines/ingest", "data", { workers: 2 }),
  pytest("pipelines/dags", "composer"),
  pytest("pipelines/spark", "spark"),
  pytest("pipelines/lakehouse", "lakehouse"),
  pytest("pipelines/streaming/sinks", "data"),
  dbt(),
];

/** Python tests that build the project over and over; one of them leaves the results of a complete `dbt build`, with dbt's own tests. */
function dbt() {
  const suite = pytest("pipelines/dbt", "data");
  const built = { file: join(results, "dbt", "run_results.json"), count: fromDbt };
  return { ...suite, group: "dbt", title: "dbt", reports: [...suite.reports, built] };
}

function shellScripts() {
  const scripts = (folder) => readdirSync(join(root, folder), { recursive: true }).map((name) => join(folder, name));
  return ["constructs", "pipelines", "__tests__"].flatMap(scripts).filter((path) => path.endsWith(".sh"));
}

export const groups = [...new Set(suites.map(({ group }) => group))];
