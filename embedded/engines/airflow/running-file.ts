import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EmbeddedError } from "../../embedded-error";
import { airflowHome } from "./airflow-environment";
import type { AirflowOptions } from "./airflow-options";
import { groupMembers, signalProcess, stopGroup } from "./process-group";

/** Which run is under way, for whoever comes after a process that was killed and could not tidy up. */
interface Running {
  readonly runId: string;
  /** Process group of Airflow and all that it started. */
  readonly group: number;
  /** The process that started the run. */
  readonly owner: number;
}

/** Notes a run that begins. */
export async function noteRunning(options: AirflowOptions, runId: string, group: number): Promise<void> {
  const running: Running = { runId, group, owner: process.pid };
  await writeFile(fileOf(options), JSON.stringify(running));
}

/** Forgets it. */
export async function forgetRunning(options: AirflowOptions): Promise<void> {
  await rm(fileOf(options), { force: true });
}

/**
 * Ends what a killed process left running, so that two runs never work at once.
 *
 * @throws EmbeddedError when the other run's owner lives: it is somebody at work.
 */
export async function endLeftoverRun(options: AirflowOptions): Promise<void> {
  const running = await read(options);
  if (running === undefined) return;
  if (await isOurs(options, running.group)) {
    if (running.owner !== process.pid && signalProcess(running.owner, 0)) {
      throw new EmbeddedError(
        `The run ${running.runId} is under way (process ${String(running.owner)}).`,
        "Wait until it has ended, or stop it with Ctrl-C there.",
      );
    }
    await stopGroup(running.group);
  }
  await forgetRunning(options);
}

/** Process ids are used again; a group is ours when a program in it is started from one of the two Python environments. */
async function isOurs(options: AirflowOptions, group: number): Promise<boolean> {
  const members = await groupMembers(group);
  return members.some(({ command }) => command.includes(options.orchestrationPython) || command.includes(options.dataPython));
}

async function read(options: AirflowOptions): Promise<Running | undefined> {
  try {
    return JSON.parse(await readFile(fileOf(options), "utf8")) as Running;
  } catch {
    // Absent, or cut off by the kill that also kept the run from starting.
    return undefined;
  }
}

function fileOf(options: AirflowOptions): string {
  return join(airflowHome(options), "running.json");
}
