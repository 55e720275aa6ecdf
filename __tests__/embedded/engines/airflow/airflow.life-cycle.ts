import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Airflow } from "../../../../embedded/engines/airflow/airflow";
import { AirflowError, DagRunInterrupted } from "../../../../embedded/engines/airflow/airflow-error";
import type { AirflowOptions } from "../../../../embedded/engines/airflow/airflow-options";
import { groupMembers, stopGroup } from "../../../../embedded/engines/airflow/process-group";
import type { ProgressLine } from "../../../../contracts/run-records";

/** The real Airflow, with a stand-in for ingest and dbt that does what `scenario.json` says and records its calls. */
const root = resolve(__dirname, "../../../..");
const environmentDir = mkdtempSync(join(tmpdir(), "airflow-engine-"));
const settingsFile = join(environmentDir, "settings.json");
const options: AirflowOptions = {
  environmentDir,
  settingsFile,
  orchestrationPython: join(root, ".embedded/python/orchestration/bin/python"),
  dataPython: join(root, "pipelines/dags/tests/stand_in_data_python.py"),
  dagsFolder: join(root, "pipelines/dags"),
  ingestSource: join(root, "pipelines/ingest/src"),
  dbtProject: join(root, "pipelines/dbt"),
  sparkPython: join(root, ".embedded/python/spark/bin/python"),
  sparkSource: join(root, "pipelines/spark/src"),
};
const airflow = new Airflow(options);
const callsFile = join(environmentDir, "calls.jsonl");

const scenario = (what: object) => {
  rmSync(callsFile, { force: true });
  writeFileSync(join(environmentDir, "scenario.json"), JSON.stringify(what));
};
const calls = (): { what: string; pid: number }[] =>
  existsSync(callsFile)
    ? readFileSync(callsFile, "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line))
    : [];
const called = () => calls().map(({ what }) => what);
const groups: number[] = [];
const runningGroup = (): number => {
  groups.push(JSON.parse(readFileSync(join(environmentDir, "airflow/running.json"), "utf8")).group);
  return groups.at(-1)!;
};
const until = async (condition: () => boolean, what: string) => {
  const deadline = Date.now() + 30_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`not within 30 s: ${what}`);
    await delay(25);
  }
};
const isAlive = (pid: number) => {
  try {
    // A process that has ended but wasn't waited for is a zombie: its command line is empty.
    return process.platform !== "linux" ? process.kill(pid, 0) : readFileSync(`/proc/${pid}/cmdline`, "utf8") !== "";
  } catch {
    return false;
  }
};

beforeAll(async () => {
  process.env.STAND_IN_FOLDER = environmentDir;
  const paths = { runs: join(environmentDir, "runs"), logs: join(environmentDir, "logs") };
  const warehouse = { file: join(environmentDir, "warehouse.duckdb"), lockFile: join(environmentDir, "warehouse.lock") };
  const datasets = { landed: "l", lake: "k", staging: "s", marts: "m" };
  mkdirSync(environmentDir, { recursive: true });
  const pipelines = { retries: 0, retrySeconds: 60, freshnessDays: 0 };
  const project = { projectId: "acme-dev", location: "europe-west1", target: "embedded" };
  writeFileSync(
    settingsFile,
    JSON.stringify({ version: 1, ...project, warehouse, datasets, paths, pipelines, postgres: { host: "127.0.0.1" }, spark: null }),
  );
  expect(await airflow.prepare()).toBe(true);
}, 60_000);
afterAll(async () => {
  // Whatever a failed test has left.
  for (const group of groups) await stopGroup(group);
  delete process.env.STAND_IN_FOLDER;
  rmSync(environmentDir, { recursive: true, force: true });
});

describe("Airflow", () => {
  test("prepare makes a database with the warehouse's pool of one slot, and a second time finds it made", async () => {
    const query = "import sqlite3,sys; print(sqlite3.connect(sys.argv[1]).execute('select pool, slots from slot_pool').fetchall())";
    const pools = execFileSync(options.orchestrationPython, ["-c", query, join(environmentDir, "airflow/airflow.db")], {
      encoding: "utf8",
    });
    expect(pools).toContain("('warehouse', 1)");

    const begun = Date.now();
    expect(await airflow.prepare()).toBe(false);
    expect(Date.now() - begun).toBeLessThan(500);
  });

  test("a run with a failing month is followed line by line and ends with what failed", async () => {
    scenario({ changed: ["yellow 2019-01", "green 2019-02"], fail: { "clean green 2019-02": "the file is cut off" } });
    const lines: ProgressLine[] = [];
    const whileRunning: string[] = [];

    const result = await airflow.runDag({
      runId: "one-fails",
      conf: { source: "/data", months: "2019-01..2019-02" },
      onProgress: (line) => {
        lines.push(line);
        if (!existsSync(join(environmentDir, "runs/one-fails/outcome.json"))) whileRunning.push(line.stage);
      },
    });

    expect(result).toMatchObject({
      state: "failed",
      exitCode: 1,
      failed: [{ task: "clean", service: "green", file_month: "2019-02" }],
      logFile: join(environmentDir, "logs/airflow-one-fails.log"),
    });
    expect(result.failed[0]!.message).toMatch(/^the file is cut off\n {2}where: /);
    expect(called()).toEqual(expect.arrayContaining(["land yellow 2019-01", "postgres yellow 2019-01", "dbt", "export", "summary"]));
    expect(called()).not.toContain("land green 2019-02");
    expect(lines.map(({ stage }) => stage).sort()).toEqual(
      ["clean", "clean", "export", "fetch", "fetch", "land", "plan", "postgres", "summary"].sort(),
    );
    // All but the last line, which is written just before the outcome and may be read a poll later.
    expect(whileRunning.filter((stage) => stage !== "summary")).toEqual(
      lines.map(({ stage }) => stage).filter((stage) => stage !== "summary"),
    );
    expect(readFileSync(result.logFile, "utf8")).toContain("did land yellow 2019-01");
  }, 60_000);

  test("a graph that changed since the last run is the one that runs", async () => {
    scenario({ changed: ["yellow 2019-01"] });
    const settings = JSON.parse(readFileSync(settingsFile, "utf8")) as object;
    writeFileSync(settingsFile, JSON.stringify({ ...settings, pipelines: { retries: 0, retrySeconds: 60, freshnessDays: 100 } }));

    const result = await airflow.runDag({ runId: "with-freshness", conf: { source: "/data" } });

    writeFileSync(settingsFile, JSON.stringify(settings));
    expect(readFileSync(result.logFile, "utf8")).toContain("starting task_id=freshness");
    expect(result.failed.filter(({ message }) => /see the log/.test(message))).toEqual([]);
  }, 60_000);

  test("Ctrl-C ends Airflow and what it had started, and nothing of it was listening", async () => {
    scenario({ hang: "plan" });
    const owner = runInAnotherProcess("interrupted");
    await until(() => called().includes("plan"), "the hanging task has begun");
    const group = runningGroup();
    const members = await groupMembers(group);
    expect(members.map(({ pid }) => pid)).toEqual(expect.arrayContaining([group, calls().at(-1)!.pid]));
    expect(members.flatMap(({ pid }) => listeningSockets(pid))).toEqual([]);

    owner.kill("SIGINT");
    const [code] = await once(owner, "exit");

    expect(code).toBe(130);
    expect(await groupMembers(group)).toEqual([]);
    expect(members.filter(({ pid }) => isAlive(pid))).toEqual([]);
    expect(existsSync(join(environmentDir, "airflow/running.json"))).toBe(false);
  }, 60_000);

  test("the caller's own signal stops a run too", async () => {
    const abort = new AbortController();
    const run = airflow.runDag({ runId: "aborted", signal: abort.signal });
    await until(() => existsSync(join(environmentDir, "airflow/running.json")), "Airflow has been started");
    const group = runningGroup();

    abort.abort();

    await expect(run).rejects.toThrow(DagRunInterrupted);
    expect(await groupMembers(group)).toEqual([]);
  }, 60_000);

  test("after kill -9 the next run ends what was left and works; while the owner lives it is refused", async () => {
    scenario({ changed: ["yellow 2019-01"], hang: "fetch yellow 2019-01" });
    const owner = runInAnotherProcess("killed");
    await until(() => called().includes("fetch yellow 2019-01"), "the hanging task has begun");
    const left = await groupMembers(runningGroup());
    const tooEarly = airflow.runDag({ runId: "too-early", signal: AbortSignal.timeout(5_000) });
    await expect(tooEarly).rejects.toThrow(/The run killed is under way \(process \d+\)/);

    owner.kill("SIGKILL");
    await once(owner, "exit");
    expect(left.filter(({ pid }) => isAlive(pid))).toHaveLength(left.length);
    scenario({ changed: [] });
    const result = await airflow.runDag({ runId: "after" });

    expect(result).toMatchObject({ state: "success", exitCode: 0, failed: [], tasks: { success: 5, skipped: 8 } });
    expect(called()).toEqual(["plan", "dbt", "export", "summary"]);
    expect(left.filter(({ pid }) => isAlive(pid))).toEqual([]);
  }, 60_000);

  test("a run that never came to an outcome says where to look", async () => {
    const dagsFolder = join(environmentDir, "dags");
    mkdirSync(dagsFolder);
    writeFileSync(join(dagsFolder, "trips.py"), "raise RuntimeError('airflow.sdk dag: broken on purpose')\n");

    const run = new Airflow({ ...options, dagsFolder }).runDag({ runId: "broken" });

    await expect(run).rejects.toThrow(AirflowError);
    await expect(run).rejects.toThrow(/trips[^]*log: .*airflow-broken\.log/);
  }, 60_000);
});

/** `runDag` in a process of its own, which can be killed; exits with 130 when the run was interrupted. */
function runInAnotherProcess(runId: string): ChildProcess {
  const program = `
    const { Airflow } = require(${JSON.stringify(join(root, "embedded/engines/airflow/airflow.ts"))});
    new Airflow(${JSON.stringify(options)}).runDag({ runId: ${JSON.stringify(runId)} }).catch((error) => {
      process.exitCode = error.name === "DagRunInterrupted" ? 130 : 1;
    });`;
  // Named, since jest gives tests a copy of the environment that spawn doesn't look at.
  return spawn(process.execPath, ["--import", "tsx", "-e", program], { cwd: root, env: process.env, stdio: "ignore" });
}

/** Local addresses on which a process listens; Linux only. */
function listeningSockets(pid: number): string[] {
  if (process.platform !== "linux") return [];
  const own = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return [];
      }
    }),
  );
  const tables = ["tcp", "tcp6"].map((name) => readFileSync(`/proc/${pid}/net/${name}`, "utf8").split("\n").slice(1));
  const sockets = tables.flat().map((line) => line.trim().split(/\s+/));
  return sockets.filter(([, , , state, , , , , , inode]) => state === "0A" && own.has(inode!)).map(([, local]) => local!);
}
