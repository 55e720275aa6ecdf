import { spawnSync } from "node:child_process";
import { type ProcStat, procStat } from "../../proc-stat";

/** A process, told from a later one of the same number. */
export interface ProcessMark {
  readonly pid: number;

  /** When it began, as the system tells it. */
  readonly began: string;
}

/** The mark of a process that runs; none where there is none, or where it has ended and its parent hasn't noticed. */
export function markOf(pid: number): ProcessMark | undefined {
  const found = process.platform === "linux" ? procStat(pid) : fromPs(pid);
  return found === undefined || /^[ZX]/.test(found.state) ? undefined : { pid, began: found.began };
}

/** Whether the very process still runs. */
export const isRunning = (mark: ProcessMark): boolean => markOf(mark.pid)?.began === mark.began;

function fromPs(pid: number): ProcStat | undefined {
  const { stdout } = spawnSync("ps", ["-o", "state=,lstart=", "-p", String(pid)], { encoding: "utf8" });
  const [, state, began] = /^(\S+)\s+(\S.*)$/.exec(stdout.trim()) ?? [];
  return state === undefined || began === undefined ? undefined : { state, began };
}
