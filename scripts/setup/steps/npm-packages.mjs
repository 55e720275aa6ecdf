import { join } from "node:path";
import { readJson, root } from "../places.mjs";
import { runTool } from "../tool.mjs";

// Without a network, npm's own patience would keep a person waiting for more than a minute.
const impatient = ["--fetch-retry-mintimeout=2000", "--fetch-retry-maxtimeout=8000"];

/** The npm packages that package-lock.json names. */
export const npmPackages = {
  name: "npm",
  title: "npm packages",
  needs: [],
  isDone: () => isInstalled(readJson(join(root, "package-lock.json")), readJson(join(root, "node_modules", ".package-lock.json"))),
  // Install scripts stay off: all that we need works without them, and npm 11 asks for approval first.
  run: () =>
    runTool("npm", "npm", ["ci", "--ignore-scripts", "--include=dev", "--include=optional", "--no-audit", "--no-fund", ...impatient]),
};

/**
 * Whether node_modules holds what the lock names, by the list that npm writes there as its last act; so what a developer has just
 * installed isn't installed again. Optional packages may be missing (they are for other systems).
 */
export function isInstalled(lock, installed) {
  if (!lock || !installed) return false;
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === "") return true;
    const found = installed.packages[path];
    return found ? found.version === wanted.version && found.integrity === wanted.integrity : wanted.optional === true;
  });
}
