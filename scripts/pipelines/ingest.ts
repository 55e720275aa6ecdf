import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { paths, python, root } from "../local-dev";
import { CommandError } from "../terminal/failure";

/** Where a command of ingest works. */
export interface IngestCall {
  /** Names the folder for its results. @default - none: commands that only look */
  readonly runId?: string;

  /** Absolute path of the settings. @default - this machine's environment */
  readonly settings?: string;

  /** Gets what it says to people, line by line. */
  readonly onLine?: (line: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Runs one command of ingest, on this machine's environment or another, e.g. `["status"]`; gives its standard output.
 *
 * @throws CommandError with ingest's own words when it fails.
 */
export async function ingest(
  args: readonly string[],
  { runId, settings = paths.settings(), onLine, signal }: IngestCall = {},
): Promise<string> {
  const child = spawn(
    python("data"),
    ["-m", "ingest", "--settings", settings, ...(runId === undefined ? [] : ["--run-id", runId]), ...args],
    {
      env: { ...process.env, PYTHONPATH: join(root, "pipelines/ingest/src"), PYTHONUNBUFFERED: "1" },
      stdio: ["ignore", "pipe", "pipe"],
      ...(signal ? { signal } : {}),
    },
  );
  const said: string[] = [];
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  createInterface({ input: child.stderr }).on("line", (line) => {
    said.push(line);
    if (!isError(line)) onLine?.(line);
  });
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new CommandError(errorIn(said) || `ingest ${args.join(" ")} ended with exit code ${String(code)}.`);
  return output;
}

const isError = (line: string): boolean => /^(error:| {2}(where|mend): )/.test(line);

/** The error is the last thing that ingest says: what, where and how to mend it. */
function errorIn(lines: readonly string[]): string {
  const start = lines.map((line) => line.startsWith("error: ")).lastIndexOf(true);
  return (start < 0 ? lines.slice(-5) : lines.slice(start)).join("\n").replace(/^error: /, "");
}
