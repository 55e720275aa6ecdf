import { spawn } from "node:child_process";
import { once } from "node:events";
import { delimiter, join } from "node:path";
import { paths, root } from "../local-dev";

/**
 * Runs a lab, in its own environment, with the options that it was given.
 *
 * @param signal ends it.
 * @returns its exit code.
 */
export async function runLab(lab: "spark" | "flink", args: readonly string[], signal: AbortSignal): Promise<number> {
  const folder = join(root, "pipelines", lab);
  const python = join(paths.root, "python", lab, "bin/python");
  const program = lab === "spark" ? ["-m", "labs"] : [folder];
  const child = spawn(python, [...program, ...args], {
    cwd: root,
    env: { ...process.env, PYTHONPATH: [join(folder, "src"), folder].join(delimiter) },
    stdio: "inherit",
    signal,
    killSignal: "SIGINT",
  });
  child.on("error", () => undefined); // that it was ended: its exit code says so
  const [code] = (await once(child, "close")) as [number | null];
  return code ?? 1;
}
