import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A process, told from a later one of the same number. */
export interface ProcessMark {
  readonly pid: number;

  /** When it began, as the system tells it. */
  readonly began: string;
}

/** The mark of a process that runs; none where there is none, or where it has ended and its parent hasn't noticed. */
export function markOf(pid: number): ProcessMark | undefined {
  const [state = "Z", began] = process.platform === "linux" ? fromProc(pid) : fromPs(pid);
  return began === undefined || /^[ZX]/.test(state) ? undefined : { pid, began };
}

/** Whether the very process still runs. */
export const isRunning = (mark: ProcessMark): boolean => markOf(mark.pid)?.began === mark.began;

// `pid (name) state …`, and the 20th field behind the name is its beginning: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
function fromProc(pid: number): (string | undefined)[] {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return [fields[0], fields[19]];
  } catch {
    return [];
  }
}

function fromPs(pid: number): (string | undefined)[] {
  const { stdout } = spawnSync("ps", ["-o", "state=,lstart=", "-p", String(pid)], { encoding: "utf8" });
  return /^(\S+)\s+(\S.*)$/.exec(stdout.trim())?.slice(1) ?? [];
}
