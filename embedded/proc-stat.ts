import { readFileSync } from "node:fs";

/** What Linux tells of a process. */
export interface ProcStat {
  /** A letter; `Z` and `X` where it has ended. */
  readonly state: string;

  /** When it began, as the system tells it (here, ticks since boot): tells it from a later one of the same number. */
  readonly began: string;
}

/**
 * What /proc tells of a process; undefined where there is no such process, or no /proc.
 *
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
export function procStat(pid: number): ProcStat | undefined {
  const stat = read(`/proc/${String(pid)}/stat`);
  // `pid (name) state …`; a name may hold blanks and brackets, and the 20th field behind it is the beginning.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state, began] = [fields[0], fields[19]];
  return state === undefined || began === undefined ? undefined : { state, began };
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return ""; // It has ended, or this isn't Linux.
  }
}
