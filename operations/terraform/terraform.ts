import { spawn } from "node:child_process";
import { stripVTControlCharacters } from "node:util";

/** Terraform, or the program that writes what it applies, failed. */
export class TerraformError extends Error {
  public override readonly name = "TerraformError";
}

/** Where and under what a program runs. */
export interface RunOptions {
  /** Absolute path of the working folder. */
  readonly folder: string;

  /** Environment variables, `PATH` among them. */
  readonly variables: NodeJS.ProcessEnv;

  /** Ends the program as Ctrl-C would: Terraform writes its state first. */
  readonly signal: AbortSignal;

  /** Told every line as it comes. */
  readonly onLine?: (line: string) => void;

  /** Told what was printed to stderr though all went well: warnings. */
  readonly onWarnings?: (text: string) => void;
}

/** Runs `terraform <args>` (or OpenTofu, where `TERRAFORM_BINARY_NAME` names it) and returns what it printed. @throws TerraformError with Terraform's own errors, without their frame */
export function terraform(args: readonly string[], options: RunOptions): Promise<string> {
  return run(options.variables.TERRAFORM_BINARY_NAME ?? "terraform", args, {
    ...options,
    variables: { ...options.variables, TF_IN_AUTOMATION: "1", TF_INPUT: "0" },
  });
}

/** Runs a program and returns what it printed. @throws TerraformError with what it printed to stderr */
export async function run(
  program: string,
  args: readonly string[],
  { folder, variables, signal, onLine, onWarnings }: RunOptions,
): Promise<string> {
  signal.throwIfAborted();
  // A process group of its own: Ctrl-C comes from us alone, and once.
  const child = spawn(program, args, { cwd: folder, env: variables, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const interrupt = () => {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGINT");
  };
  signal.addEventListener("abort", interrupt);
  let [output, errors, line] = ["", "", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    const lines = (line + text).split("\n");
    line = lines.pop() ?? "";
    for (const whole of lines) onLine?.(stripVTControlCharacters(whole));
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  try {
    const code = await new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
    signal.throwIfAborted();
    if (code !== 0) throw new TerraformError(unframed(errors) || `${program} ${args.join(" ")} ended with ${String(code)}.`);
    if (errors.trim() !== "") onWarnings?.(errors);
    return output;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT")
      throw new TerraformError(`There is no ${program} on this machine: npm run setup.`);
    throw error;
  } finally {
    signal.removeEventListener("abort", interrupt);
  }
}

/** Terraform frames its errors with ╷ │ ╵. */
const unframed = (text: string): string =>
  stripVTControlCharacters(text)
    .split("\n")
    .filter((line) => !/^\s*[╷╵]\s*$/.test(line))
    .map((line) => line.replace(/^│ ?/, "").trimEnd())
    .join("\n")
    .trim();
