import { spawn } from "node:child_process";
import { mkdir, open, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { once } from "node:events";
import { EmbeddedError } from "../../embedded-error";
import { airflowEnvironment, airflowHome } from "./airflow-environment";
import { AirflowError } from "./airflow-error";
import type { AirflowOptions } from "./airflow-options";
import { noteNoGraph } from "./graph";

/** One slot: DuckDB has one writer. Tasks name it in `pipelines/dags/platform_tasks/factory.py`. */
const POOLS = [{ name: "warehouse", slots: 1, description: "opens the DuckDB file" }];

/**
 * Makes AIRFLOW_HOME with its database and pools, once per version of Airflow; afterwards it takes milliseconds.
 *
 * @returns whether there was anything to do.
 * @throws AirflowError when a step fails, with its last lines.
 */
export async function prepareAirflow(options: AirflowOptions): Promise<boolean> {
  const home = airflowHome(options);
  const stampFile = join(home, "prepared.json");
  const stamp = JSON.stringify({ airflow: await installedVersion(options.orchestrationPython), pools: POOLS });
  const earlier = await readFile(stampFile, "utf8").catch(() => undefined);
  if (earlier === stamp) return false;

  // Airflow writes keys into its configuration.
  await mkdir(home, { recursive: true, mode: 0o700 });
  if (earlier === undefined) {
    // A migration that was broken off leaves tables that the next one stumbles over, and nothing in it is worth keeping.
    await Promise.all(["", "-wal", "-shm", "-journal"].map((suffix) => rm(join(home, `airflow.db${suffix}`), { force: true })));
  }
  await airflow(options, ["db", "migrate"]);
  if (earlier === undefined) await noteNoGraph(options);
  for (const { name, slots, description } of POOLS) await airflow(options, ["pools", "set", name, String(slots), description]);
  await writeFile(stampFile, stamp);
  return true;
}

async function airflow(options: AirflowOptions, args: string[]): Promise<void> {
  const logFile = join(options.environmentDir, "logs", "airflow-prepare.log");
  await mkdir(dirname(logFile), { recursive: true });
  const log = await open(logFile, "a");
  try {
    const child = spawn(options.orchestrationPython, ["-m", "airflow", ...args], {
      env: airflowEnvironment(options),
      stdio: ["ignore", log.fd, log.fd],
    });
    const [code] = (await once(child, "exit")) as [number | null];
    if (code !== 0) throw new AirflowError(`"airflow ${args.join(" ")}" failed:\n${await lastLines(logFile)}`, logFile);
  } finally {
    await log.close();
  }
}

/** The version by its installed files: asking Airflow itself takes seconds. */
async function installedVersion(python: string): Promise<string> {
  const lib = join(dirname(dirname(python)), "lib");
  for (const folder of await readdir(lib).catch(() => [])) {
    const packages = await readdir(join(lib, folder, "site-packages")).catch(() => []);
    const found = packages.map((name) => /^apache_airflow-(.+)\.dist-info$/.exec(name)?.[1]).find((version) => version !== undefined);
    if (found !== undefined) return found;
  }
  throw new EmbeddedError(`There is no Airflow beside ${python}.`, "Set the Python environments up again: npm run setup");
}

/** The end of a log, without Airflow's own chatter at start. */
export async function lastLines(file: string, count = 15): Promise<string> {
  const lines = (await readFile(file, "utf8").catch(() => "")).split("\n").filter((line) => line.trim() !== "");
  return lines.slice(-count).join("\n");
}
