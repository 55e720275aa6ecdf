import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Failure } from "./failure.mjs";
import { readJson } from "./places.mjs";

/**
 * Takes a lock file that names its holder; waits while a living process holds it, and takes it over from a dead one.
 * @param {string} file absolute path of the lock file
 * @param {(pid: number) => void} onWait called once, with the holder, if there is something to wait for
 * @param {number} [patience] seconds to wait at most
 * @returns {Promise<() => void>} gives the lock back
 * @throws {Failure} naming the holder, when it still holds the lock after `patience`
 */
export async function takeLock(file, onWait, patience = 1800) {
  const deadline = performance.now() + patience * 1000;
  let waiting = false;
  while (!tryLock(file)) {
    const holder = readJson(file)?.pid;
    if (holder === undefined) {
      // It was given back in between; or a power cut left an empty file, which names nobody.
      if (Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > 10_000) rmSync(file, { force: true });
      await pause(50);
      continue;
    }
    if (!isAlive(holder)) {
      removeDead(file, holder);
      continue;
    }
    if (!waiting) onWait(holder);
    waiting = true;
    if (performance.now() > deadline) {
      throw new Failure(
        `Another set-up (process ${holder}) has been holding ${file} for too long.`,
        `End it (kill ${holder}), then repeat.`,
      );
    }
    await pause(200);
  }
  return () => {
    if (readJson(file)?.pid === process.pid) rmSync(file, { force: true });
  };
}

/** Links a finished file into place: the lock appears with its content or not at all. */
function tryLock(file) {
  mkdirSync(dirname(file), { recursive: true });
  const own = `${file}.${process.pid}`;
  writeFileSync(own, JSON.stringify({ pid: process.pid, since: new Date().toISOString() }));
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(own);
  }
}

/** Moves the lock aside before looking again whose it is: of several that find a dead holder, one takes it and none takes a living one's. */
function removeDead(file, dead) {
  const aside = `${file}.dead-${process.pid}`;
  try {
    renameSync(file, aside);
    if (JSON.parse(readFileSync(aside, "utf8")).pid !== dead) linkSync(aside, file);
    rmSync(aside);
  } catch (error) {
    if (error.code !== "ENOENT" && error.code !== "EEXIST") throw error;
  }
}

export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
