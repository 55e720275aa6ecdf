import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { KafkaAddresses } from "./kafka-options";

/** The cluster that was started last, for programs that look for it. */
export interface RunningKafka extends KafkaAddresses {
  /** Processes by the names of services. */
  readonly pids: Readonly<Record<string, number>>;

  /** Of the topics' definition that was applied. */
  readonly topics: string;
}

const fileOf = (folder: string): string => join(folder, "kafka", "running.json");

/** What stands in the file; it may have stopped since. */
export function readRunning(folder: string): RunningKafka | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(folder), "utf8")) as RunningKafka;
  } catch {
    return undefined; // None, or a killed command left half of it.
  }
}

export function writeRunning(folder: string, running: RunningKafka): void {
  const file = fileOf(folder);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.tmp`, `${JSON.stringify(running, null, 2)}\n`);
  renameSync(`${file}.tmp`, file);
}

export const forgetRunning = (folder: string): void => {
  rmSync(fileOf(folder), { force: true });
};
