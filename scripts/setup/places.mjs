import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's root, absolute, without a slash at its end. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** Everything that set-up makes, and everything that runs here, lives below this folder. */
export const embedded = join(root, ".embedded");

/** Stamps of finished steps, written last. */
export const stamps = join(embedded, "stamps");
export const logs = join(embedded, "logs");
export const locks = join(root, "pipelines", "environments");

export const uv = join(embedded, "tools", "uv", "bin", "uv");

/** The Python of one of the two environments: `data` or `orchestration`. */
export const environmentPython = (name) => join(embedded, "python", name, "bin", "python");

/** Reads a JSON file; undefined when there is none or it isn't whole (a killed process may have left half of it). */
export function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT" || error.code === "ENOTDIR" || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
