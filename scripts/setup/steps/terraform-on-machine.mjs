import { execFileSync } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, dirname, isAbsolute, join } from "node:path";
import { embedded } from "../places.mjs";
import { atLeast, parseVersion } from "../version.mjs";

export const oldest = [1, 5];

/** Ours, where the machine has none that the name `terraform` leads to. */
export const launcher = join(embedded, "bin", "terraform");

/** Executables that may be fit, the preferred first: what TERRAFORM_BINARY_NAME names, then terraform and tofu from the PATH. */
export function onThisMachine() {
  const named = process.env.TERRAFORM_BINARY_NAME;
  const names = named && named !== launcher ? [named, "terraform", "tofu"] : ["terraform", "tofu"];
  const paths = names.flatMap((name) => (isAbsolute(name) ? [name] : onPath(name)));
  return [...new Set(paths)].filter((path) => path !== launcher && isExecutable(path));
}

/** Where a program of that name may lie; our own launcher is none of them. */
function onPath(name) {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "" && folder !== dirname(launcher));
  return folders.map((folder) => join(folder, name));
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Whether a shell that is told `terraform` runs this one. */
export function isWhatTerraformMeans(path) {
  return path !== undefined && path === onPath("terraform").find(isExecutable);
}

/** Whether it runs, and is new enough for what the stacks use. */
export function isFit(path) {
  try {
    const env = { ...process.env, CHECKPOINT_DISABLE: "1" };
    const version = parseVersion(
      execFileSync(path, ["version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], env, timeout: 20_000 }),
    );
    return version !== undefined && atLeast(version, oldest);
  } catch {
    return false; // a version manager's shim without a version behind it, or something else of that name
  }
}
