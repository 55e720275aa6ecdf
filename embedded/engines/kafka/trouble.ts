import { existsSync, readFileSync, statfsSync } from "node:fs";
import { freemem } from "node:os";
import { EmbeddedError } from "../../embedded-error";

const MEBIBYTE = 2 ** 20;

/** What a service that ended by itself is asked about. */
export interface Ended {
  readonly name: string;
  readonly log: string;

  /** Folder that holds what it keeps. */
  readonly data: string;
}

interface Cause {
  readonly signs: RegExp;
  readonly error: (ended: Ended) => EmbeddedError;
}

const causes: readonly Cause[] = [
  {
    // The last of them is what Java makes of it where a file is written as memory.
    signs: /No space left on device|Disk quota exceeded|fault occurred in (a recent )?(an )?unsafe memory access/,
    error: ({ name, data }) => diskFull(`${name} ended, for it can't write to`, data),
  },
  {
    signs: /Could not (reserve|allocate) |insufficient memory for the Java|OutOfMemoryError|unable to create native thread/,
    error: ({ name, log }) =>
      new EmbeddedError(
        `There is too little memory for ${name} (${String(Math.round(freemem() / MEBIBYTE))} MiB are free; it needs about 500).`,
        `End something else and repeat. Its log: ${log}`,
      ),
  },
  {
    signs: /Address already in use|BindException/,
    error: ({ name, log }) =>
      new EmbeddedError(`Another program took a port of ${name} while it started.`, `Repeat, and its name is told. Its log: ${log}`),
  },
  {
    signs: /CorruptRecordException|KafkaStorageException|InconsistentClusterId|meta\.properties|quorum-state/,
    error: ({ name, log, data }) =>
      new EmbeddedError(
        `${name} can't read what lies in ${data}: some of it is damaged, or missing.\n${lastLines(log)}`,
        `Put the folder back as it was; or remove it, and what it held is streamed anew: rm -r ${data}\nThe whole log: ${log}`,
      ),
  },
];

/** So few that what it got over long ago isn't taken for the cause; so many that the cause is among them, for a broker that stops says more. */
const LINES = 20;

/** Why a service ended, by the last it said. */
export function whyEnded(ended: Ended): EmbeddedError {
  const said = lastLines(ended.log, LINES);
  // Where logs lie on the same disk, it can't say so.
  if (freeBytes(ended.data) < MEBIBYTE) return diskFull(`${ended.name} ended, for it can't write to`, ended.data);
  const cause = causes.find(({ signs }) => signs.test(said));
  return cause?.error(ended) ?? new EmbeddedError(`${ended.name} ended by itself:\n${lastLines(ended.log)}`, `The whole log: ${ended.log}`);
}

/** The end of a log, without the lines of stack traces. */
export function lastLines(log: string, count = 8): string {
  const lines = existsSync(log) ? readFileSync(log, "utf8").split("\n") : [];
  const told = lines.filter((line) => line.trim() !== "" && !/^\s+(at|\.\.\.) /.test(line)).slice(-count);
  return told.length === 0 ? "  (it said nothing)" : told.map((line) => `  ${line}`).join("\n");
}

/** @param what is told before the folder's name */
export const diskFull = (what: string, folder: string): EmbeddedError =>
  new EmbeddedError(
    `The disk is full: ${what} ${folder} (${String(Math.floor(freeBytes(folder) / MEBIBYTE))} MiB are free).`,
    "Free some space and repeat: nothing acknowledged is lost.",
  );

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
