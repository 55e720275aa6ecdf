import { spawnSync } from "node:child_process";
import { join } from "node:path";

const built = new Map<string, string>();

/**
 * Builds the wheel of a package of ours, so that a fresh checkout deploys what its sources say: the folder's `build_wheel.py` writes it to the
 * folder that it is told, the same bytes for the same sources, and prints its path. Once per process and folder.
 *
 * @throws Error when there is no `python3`, or the package can't be built.
 */
export function builtWheel(folder: string): string {
  const known = built.get(folder);
  if (known !== undefined) return known;
  const { error, status, stdout, stderr } = spawnSync("python3", ["-I", join(folder, "build_wheel.py"), join(folder, "dist")], {
    encoding: "utf8",
  });
  if (error) throw new Error(`The wheel of ${folder} is built with python3, which can't be started: ${error.message}`);
  if (status !== 0) throw new Error(`The wheel of ${folder} can't be built: ${stderr.trim()}`);
  const wheel = stdout.trim();
  built.set(folder, wheel);
  return wheel;
}
