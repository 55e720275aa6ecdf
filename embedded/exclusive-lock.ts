import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout } from "node:timers/promises";
import { EmbeddedError } from "./embedded-error";
import { procStat } from "./proc-stat";

/** Who holds a lock file. The Python side (`ingest/warehouse_lock.py`) reads and writes the same. */
export interface LockHolder {
  readonly pid: number;
  readonly command: string;

  /** ISO 8601. */
  readonly since: string;

  /** When the process began, in ticks since boot: tells it from a later one of the same number. Null where the system doesn't show it. */
  readonly started?: string | null;
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

  /** Ends the waiting. @default - nothing does */
  readonly signal?: AbortSignal;
}

const POLL_MILLISECONDS = 100;

/** A lock without a readable holder is left in peace for so long: another program may write it in two steps. */
const HALF_WRITTEN_MILLISECONDS = 10_000;

/**
 * Runs `work` while holding `file`; a file left behind by a process that is no more is taken over.
 *
 * @throws EmbeddedError naming the holder when the deadline passes; the signal's reason when it ends the waiting.
 */
export async function withLock<Result>(file: string, options: LockOptions, work: () => Promise<Result>): Promise<Result> {
  await acquire(file, options);
  try {
    return await work();
  } finally {
    if (read(file)?.pid === process.pid) rmSync(file, { force: true });
  }
}

async function acquire(file: string, { what, command, deadline, onWait, signal }: LockOptions): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  const end = Date.now() + deadline;
  let waiting = false;
  while (!create(file, { pid: process.pid, command, since: new Date().toISOString(), started: startOf(process.pid) })) {
    const holder = read(file);
    if (isStale(file, holder)) {
      removeStale(file, holder);
      continue;
    }
    if (holder && !waiting) onWait?.(holder);
    waiting = true;
    if (Date.now() >= end) throw held(what, file, holder);
    await setTimeout(POLL_MILLISECONDS, undefined, { signal });
  }
}

/** Links a finished draft into place: the lock appears with its content or not at all. */
function create(file: string, holder: LockHolder): boolean {
  const draft = `${file}.${String(process.pid)}.tmp`;
  writeFileSync(draft, JSON.stringify(holder));
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function isStale(file: string, holder: LockHolder | undefined): boolean {
  if (holder === undefined)
    // A file of the future: the clock was moved back since.
    return Math.abs(Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())) > HALF_WRITTEN_MILLISECONDS;
  return !isAlive(holder.pid) || (holder.started !== undefined && holder.started !== startOf(holder.pid));
}

/** Moves the lock aside before looking again whose it is: of several that find a stale one, none takes another's new one away for good. */
function removeStale(file: string, stale: LockHolder | undefined): void {
  const aside = `${file}.${String(process.pid)}.stale`;
  try {
    renameSync(file, aside);
    const moved = read(aside);
    if (moved !== undefined && moved.since !== stale?.since) linkSync(aside, file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT" && code !== "EEXIST") throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function read(file: string): LockHolder | undefined {
  try {
    const holder = JSON.parse(readFileSync(file, "utf8")) as Partial<LockHolder> | null;
    return typeof holder?.pid === "number" ? (holder as LockHolder) : undefined;
  } catch {
    return undefined; // Given back just now, or not whole.
  }
}

const held = (what: string, file: string, holder: LockHolder | undefined): EmbeddedError =>
  holder === undefined
    ? new EmbeddedError(`${what} is locked by ${file}, which names nobody.`, "If no other command is at work, remove that file.")
    : new EmbeddedError(
        `${what} is in use by process ${String(holder.pid)} (${holder.command}, since ${holder.since}).`,
        `Wait until it has ended, or stop it: kill ${String(holder.pid)}`,
      );

/** Whether a process of that number runs, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

const startOf = (pid: number): string | null => procStat(pid)?.began ?? null;
