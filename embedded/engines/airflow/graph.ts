import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { open, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { airflowEnvironment, airflowHome, pipelineEnvironment, type RunSettings } from "./airflow-environment";
import { AirflowError } from "./airflow-error";
import type { AirflowOptions } from "./airflow-options";
import { lastLines } from "./prepare";

/** What stands in the file as long as Airflow knows no graph at all. */
const NONE = "none";

const stampOf = (options: AirflowOptions): string => join(airflowHome(options), "graph.stamp");

/** Notes that the database is new: `dags test` registers the first graph by itself. */
export const noteNoGraph = (options: AirflowOptions): Promise<void> => writeFile(stampOf(options), NONE);

/**
 * Registers the DAG's graph where it isn't the one that Airflow knows: `dags test` does so for a DAG that is new only, and then finds no task
 * that came later.
 *
 * @throws AirflowError when Airflow can't, e.g. because the DAG can't be parsed.
 */
export async function registerGraph(options: AirflowOptions, settings: RunSettings, logFile: string): Promise<void> {
  const known = await readFile(stampOf(options), "utf8").catch(() => undefined);
  const now = shapeOf(options, settings);
  if (known === now) return;
  if (known !== NONE) {
    const log = await open(logFile, "w");
    try {
      const env = { ...airflowEnvironment(options), ...pipelineEnvironment(options, settings) };
      const child = spawn(options.orchestrationPython, ["-m", "airflow", "dags", "reserialize"], {
        env,
        stdio: ["ignore", log.fd, log.fd],
      });
      const [code] = (await once(child, "exit")) as [number | null];
      if (code !== 0) throw new AirflowError(`Airflow can't read the DAGs:\n${await lastLines(logFile)}`, logFile);
    } finally {
      await log.close();
    }
  }
  await writeFile(stampOf(options), now);
}

/** All that the graph is made from: the DAGs' own files, and what they read of the deployment while they are parsed. */
function shapeOf(options: AirflowOptions, settings: RunSettings): string {
  const hash = createHash("sha256").update(JSON.stringify(pipelineEnvironment(options, settings)));
  const files = readdirSync(options.dagsFolder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".py"));
  for (const file of files.sort()) hash.update(file).update(readFileSync(join(options.dagsFolder, file)));
  return hash.digest("hex");
}
