import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { EmbeddedError } from "./embedded-error";
import type { EmbeddedPaths } from "./paths";
import { embeddedVariables } from "./terraform/environment";
import { mendStateFile } from "./terraform/state-file";

/** What an apply or destroy did. */
export interface Changes {
  readonly added: number;
  readonly changed: number;
  readonly destroyed: number;
}

/** What to run, and how to be told to stop. */
export interface CdktfOptions {
  /** Absolute path of the project. */
  readonly root: string;
  readonly paths: EmbeddedPaths;

  /** Ends cdktf and Terraform as Ctrl-C would: the state is written first. */
  readonly signal: AbortSignal;
}

/**
 * Deploys the environment's two stacks to this machine by `cdktf deploy`, just as a person would; outputs go to `paths.outputs()`.
 *
 * @throws EmbeddedError with Terraform's own errors.
 */
export function deploy({ root, paths, signal }: CdktfOptions): Promise<Changes> {
  const stacks = [`${paths.environment}-bootstrap`, paths.environment];
  return cdktf(["deploy", ...stacks, "--auto-approve", "--outputs-file", paths.outputs()], { root, paths, signal });
}

/**
 * Destroys all of the environment's platform on this machine by `cdktf destroy`; the bootstrap stack refuses that, as it would in the cloud.
 *
 * @throws EmbeddedError with Terraform's own errors.
 */
export function destroy({ root, paths, signal }: CdktfOptions): Promise<Changes> {
  return cdktf(["destroy", paths.environment, "--auto-approve"], { root, paths, signal });
}

async function cdktf(args: readonly string[], { root, paths, signal }: CdktfOptions): Promise<Changes> {
  signal.throwIfAborted();
  const [command = ""] = args;
  for (const state of [paths.bootstrapState(), paths.state()]) mendStateFile(state);
  const log = join(paths.logs(), `cdktf-${command}.log`);
  mkdirSync(dirname(log), { recursive: true });
  const file = createWriteStream(log);
  // A process group of its own: Ctrl-C comes from us alone, and once.
  const child = spawn(process.execPath, [join(root, "node_modules/cdktf-cli/bundle/bin/cdktf"), ...args], {
    cwd: root,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...embeddedVariables(paths.root, paths.environment), NO_COLOR: "1", FORCE_COLOR: "0" },
  });
  const interrupt = () => {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGINT");
  };
  signal.addEventListener("abort", interrupt);
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output.push(text);
      file.write(stripVTControlCharacters(text));
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  signal.removeEventListener("abort", interrupt);
  file.end();
  signal.throwIfAborted();
  const text = stripVTControlCharacters(output.join(""));
  if (code !== 0) throw new EmbeddedError(`cdktf ${command} failed:\n${errorsOf(text)}`, `The whole output: ${log}`);
  return changesOf(text);
}

/** Terraform frames its errors with ╷ │ ╵; cdktf repeats each of them. */
export function errorsOf(output: string): string {
  const framed = output
    .split("\n")
    .filter((line) => line.includes("│"))
    .map((line) => line.slice(line.indexOf("│") + 1).trimEnd());
  const blocks = framed.join("\n").split(/^(?=\s*Error: )/m);
  const errors = [...new Set(blocks.filter((block) => /^\s*Error: /.test(block)).map((block) => block.trim()))];
  if (errors.length > 0) return errors.join("\n\n");
  return output
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(-20)
    .join("\n");
}

/** The sum of "Apply complete! Resources: 3 added, 0 changed, 0 destroyed." and its like; no such line means that nothing had to change. */
export function changesOf(output: string): Changes {
  const lines = output.split("\n").filter((line) => line.includes("complete! Resources:"));
  const sum = (what: string): number => lines.reduce((all, line) => all + Number(new RegExp(`(\\d+) ${what}`).exec(line)?.[1] ?? 0), 0);
  return { added: sum("added"), changed: sum("changed"), destroyed: sum("destroyed") };
}
