import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { EmbeddedError } from "../../embedded-error";

const POLL_MS = 50;
const GRACE_MS = 5_000;

/** A living process of a group. */
export interface GroupMember {
  readonly pid: number;
  /** Its command line, arguments joined by blanks. */
  readonly command: string;
}

/**
 * Ends every process of a group, which `spawn` with `detached` makes.
 *
 * The leader is killed at once: Airflow takes a polite signal for the end of one task, and begins the next. The programs that it
 * had started get the time to put things in order.
 *
 * @throws Error when something of the group is still alive after all that.
 */
export async function stopGroup(leader: number): Promise<void> {
  // An id without a group may be somebody else's by now.
  if ((await groupMembers(leader)).length === 0) return;
  signalProcess(leader, "SIGKILL");
  signalProcess(-leader, "SIGTERM");
  if (await isGone(leader, GRACE_MS)) return;
  signalProcess(-leader, "SIGKILL");
  if (await isGone(leader, GRACE_MS)) return;
  const left = (await groupMembers(leader)).map(({ pid, command }) => `${String(pid)} (${command})`);
  throw new EmbeddedError(`These processes couldn't be ended: ${left.join(", ")}.`, "End them by hand.");
}

/** Sends a signal to a process, or with a negative id to a group; false when there is none. */
export function signalProcess(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
    if ((error as NodeJS.ErrnoException).code === "EPERM") return true;
    throw error;
  }
}

/** The living processes of a group; one that has ended but wasn't waited for by its parent doesn't count. */
export async function groupMembers(group: number): Promise<GroupMember[]> {
  return process.platform === "linux" ? membersFromProc(group) : membersFromPs(group);
}

async function isGone(group: number, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while ((await groupMembers(group)).length > 0) {
    if (Date.now() > deadline) return false;
    await delay(POLL_MS);
  }
  return true;
}

/** `ps` isn't part of every Linux, /proc is: `pid (name) state parent group …`, and a name may hold blanks and brackets. */
async function membersFromProc(group: number): Promise<GroupMember[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
      const [state, , processGroup] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      if (processGroup !== String(group) || state === "Z" || state === "X") return [];
      const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
      return [{ pid: Number(pid), command: command.split("\0").join(" ").trim() }];
    }),
  );
  return found.flat();
}

async function membersFromPs(group: number): Promise<GroupMember[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,pgid=,state=,command="]);
  return stdout.split("\n").flatMap((line) => {
    const [, pid, processGroup, state, command] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return Number(processGroup) === group && !state?.startsWith("Z") ? [{ pid: Number(pid), command: command ?? "" }] : [];
  });
}
