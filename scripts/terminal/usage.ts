import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What a command prints for `--help`. A text file, which set-up can read before it has installed anything; see `scripts/setup/usage.mjs`. */
export const usageOf = (command: string): string => readFileSync(join(__dirname, "../usage", `${command}.txt`), "utf8").trimEnd();
