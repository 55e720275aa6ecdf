import * as fs from "node:fs";
import * as path from "node:path";

/** A text as one word of a shell script. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Writes a script for `sh` that can be run. */
export function executable(file: string, lines: readonly string[]): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `${["#!/bin/sh", ...lines].join("\n")}\n`);
  fs.chmodSync(file, 0o755);
}
