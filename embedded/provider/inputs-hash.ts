import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { bindingsFolder } from "./bindings-folder";
import { ruleBook } from "./resources/rule-book";

/** Changes whenever a built provider would: with the provider's sources, the catalogue's, and the installed npm packages. */
export function inputsHash(root: string): string {
  const hash = createHash("sha256");
  const sources = ["provider", "catalog"].flatMap((folder) => filesBelow(path.join(root, "embedded", folder)));
  const bindings = Object.keys(ruleBook).map((provider) => path.join(bindingsFolder(root, provider), "package.json"));
  const lockFile = path.join(root, "package-lock.json");
  const paths = path.join(root, "embedded", "paths.ts");
  for (const file of [...sources, paths, ...bindings, ...(fs.existsSync(lockFile) ? [lockFile] : [])]) {
    hash.update(path.relative(root, file)).update("\0").update(fs.readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

function filesBelow(folder: string): string[] {
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => path.join(entry.parentPath, entry.name)).sort();
}
