import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout } from "node:timers/promises";
import { EmbeddedError } from "./embedded-error";

/** Who holds a lock file. The Python side (`pipelines/ingest`) reads and writes the same. */
export interface LockHolder {
  readonly pid: number;
  readonly command: string;

  /** ISO 8601. */
  readonly since: string;
}

/** How long to wait for a lock. */
export interface LockOptions {
  /** What is locked, for the error. */
  readonly what: string;

  /** What this process does with it, for others' errors. */
  readonly command: string;

  /** Milliseconds. */
  readonly deadline: number;

  /** Called once, when it turns out that somebody else holds the lock. */
  readonly onWait?: (holder: LockHolder) => void;
}

const POLL_MILLISECONDS = 100;

/**
 * Runs `work` while holding `file`; a file left behind by a process that is no more is taken over.
 *
 * @throws EmbeddedError naming the holder when the deadline passes.
 */
export async function withLock<Result>(file: string, options: LockOptions, work: () => Promise<Result>): Promise<Result> {
  await acquire(file, options);
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

async function acquire(file: string, { what, command, deadline, onWait }: LockOptions): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  const end = Date.now() + deadline;
  for (let waits = 0; ; waits++) {
    if (create(file, { pid: process.pid, command, since: new Date().toISOString() })) return;
    const holder = read(file);
    if (holder === undefined || !isAlive(holder.pid)) {
      rmSync(file, { force: true });
      continue;
    }
    if (waits === 0) onWait?.(holder);
    if (Date.now() >= end) {
      throw new EmbeddedError(
        `${what} is in use by process ${String(holder.pid)} (${holder.command}, since ${holder.since}).`,
        `Wait until it has ended, or stop it: kill ${String(holder.pid)}`,
      );
    }
    await setTimeout(POLL_MILLISECONDS);
  }
}

function create(file: string, holder: LockHolder): boolean {
  try {
    writeFileSync(file, JSON.stringify(holder), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

// Nothing readable means that its writer was killed between creating and writing it, or just removed it.
function read(file: string): LockHolder | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as LockHolder;
  } catch {
    return undefined;
  }
}

/** Whether a process of that number runs, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
