import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { benchStreaming, type StreamingBenchOptions } from "../streaming/bench-streaming";
import { positiveIn } from "../streaming/which-cluster";
import { parsedLine } from "../terminal/command-line";
import { usageOf } from "../terminal/usage";
import { CommandError, runCommand } from "../terminal/failure";

const root = resolve(__dirname, "../..");
const embedded = join(root, ".embedded");
const uv = join(embedded, "tools/uv/bin/uv");
const pipelines = join(root, "pipelines");

/** The Python of an environment: ours runs in `data` and `spark`, as always; pandas has one of its own, which only this command needs. */
const python = (name: string): string => join(embedded, "python", name, "bin/python");

/** `npm run bench [-- [spark|streaming] --rows N …]`: ingest beside pandas and gzip, Spark beside DuckDB, or the stream beside Kafka's own tool, in one run. */
void runCommand(async (signal) => {
  const [first, ...rest] = process.argv.slice(2);
  if (first === "spark") return bench("spark", "spark", rest);
  if (first === "streaming") {
    await benchStreaming(streamingOptions(rest), signal);
    return 0;
  }
  makePandasEnvironment();
  return bench("ingest", "data", ["--python", python("bench"), ...process.argv.slice(2)]);
});

function streamingOptions(args: readonly string[]): StreamingBenchOptions {
  const options = { rows: { type: "string" }, seconds: { type: "string" }, json: { type: "boolean" } } as const;
  const { values } = parsedLine(args, options, usageOf("bench"));
  const [rows = 2_000_000, seconds = 60] = [positiveIn("--rows", values.rows), positiveIn("--seconds", values.seconds)];
  return { rows, seconds, json: values.json ?? false };
}

/** Runs the bench of a package in an environment; gives its exit code. */
function bench(name: string, environment: string, options: string[]): number {
  const folder = join(pipelines, name);
  const path = [join(folder, "src"), join(folder, "tests")].join(delimiter);
  const env = { ...process.env, PYTHONPATH: path };
  return spawnSync(python(environment), [join(folder, "bench"), ...options], { cwd: root, stdio: "inherit", env }).status ?? 1;
}

/** Exactly what the lock names; quick when it is there already. */
function makePandasEnvironment(): void {
  mkdirSync(join(embedded, "python"), { recursive: true });
  if (!existsSync(python("bench"))) runUv(["venv", "--no-project", "--clear", "--python", python("data"), join(embedded, "python/bench")]);
  runUv(["pip", "sync", "--require-hashes", "--python", python("bench"), join(root, "pipelines/environments/bench.lock")]);
}

function runUv(args: string[]): void {
  // uv doesn't read pip's settings: who has a mirror of their own has named it there.
  const index = process.env.UV_DEFAULT_INDEX ?? process.env.UV_INDEX_URL ?? process.env.PIP_INDEX_URL;
  const env = { ...process.env, VIRTUAL_ENV: "", ...(index === undefined ? {} : { UV_DEFAULT_INDEX: index }) };
  const ended = spawnSync(uv, ["--quiet", ...args], { cwd: root, stdio: ["ignore", "inherit", "inherit"], env });
  if (ended.status !== 0)
    throw new CommandError(`The environment for pandas couldn't be made (uv ${args.slice(0, 2).join(" ")}); see above.`);
}
