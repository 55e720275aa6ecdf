import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, linkSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a password of 128 random bits in a file that only its owner may read; an existing file keeps its password.
 *
 * It is whole from the first moment: two set-ups at once agree on one password.
 */
export function ensurePasswordFile(file: string): void {
  if (existsSync(file)) return chmodSync(file, 0o600);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${String(process.pid)}`;
  writeFileSync(draft, randomBytes(16).toString("hex"), { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft);
  }
}
