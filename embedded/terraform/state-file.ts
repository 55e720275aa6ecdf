import { copyFileSync, existsSync, readFileSync, renameSync } from "node:fs";

/**
 * Makes an environment deployable again whose Terraform was killed while it wrote the state: Terraform writes the file in place, and
 * refuses half of one. The state of before the killed apply takes its place; without one, Terraform starts without a state. Either will do
 * since the embedded cloud adopts what exists.
 *
 * @param file Absolute path of the state.
 * @returns Where the damaged file lies now, `undefined` if there was nothing to mend.
 */
export function mendStateFile(file: string): string | undefined {
  if (!existsSync(file) || isWhole(file)) return undefined;
  const damaged = `${file}.damaged`;
  renameSync(file, damaged);
  const before = `${file}.backup`;
  if (existsSync(before) && isWhole(before)) copyFileSync(before, file);
  return damaged;
}

function isWhole(file: string): boolean {
  try {
    return typeof (JSON.parse(readFileSync(file, "utf8")) as { version?: unknown }).version === "number";
  } catch {
    return false;
  }
}
