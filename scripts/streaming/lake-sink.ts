import { spawn } from "node:child_process";
import { once } from "node:events";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { python, root } from "../local-dev";
import { CommandError } from "../terminal/failure";

/** What {@link sinkRides} is to do. */
export interface LakeSink {
  readonly bootstrapServers: string;
  readonly registryUrl: string;

  /** How to log in, as Kafka's own tools have it. Absolute. @default nobody logs in */
  readonly clientProperties?: string;

  /** A folder, or gs://bucket/folder. */
  readonly to: string;

  /** End when what is there now is on the lake. */
  readonly once: boolean;
}

/** What the sink did. */
export interface SunkRides {
  /** Read: rides, marks, and what was put aside. */
  readonly records: number;
  readonly rides: number;

  /** Records that nobody can read: they are in trips.dead-letter. */
  readonly dead_letters: number;
  readonly files: number;

  /** Records that Kafka gave up before they were read. */
  readonly missed: number;
  readonly seconds: number;
}

/**
 * Runs the lake sink (pipelines/streaming/sinks) until it ends, or the signal has it end: what it has read goes to the lake then, too.
 *
 * @param say is told what went to the lake
 * @throws CommandError with its own words where it fails
 */
export async function sinkRides(sink: LakeSink, say: (line: string) => void, signal: AbortSignal): Promise<SunkRides> {
  const sources = ["streaming/sinks", "ingest"].map((name) => join(root, "pipelines", name, "src"));
  const cluster = ["--bootstrap", sink.bootstrapServers, "--registry", sink.registryUrl, "--to", sink.to];
  const login = sink.clientProperties === undefined ? [] : ["--client-properties", sink.clientProperties];
  const child = spawn(python("data"), ["-m", "sinks", "lake", ...cluster, ...login, ...(sink.once ? ["--once"] : [])], {
    env: { ...process.env, PYTHONPATH: sources.join(delimiter), PYTHONUNBUFFERED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stop = () => void child.kill("SIGTERM");
  signal.addEventListener("abort", stop);
  const errors: string[] = [];
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  createInterface({ input: child.stderr }).on("line", (line) => {
    if (errors.length > 0 || line.startsWith("error: ")) errors.push(line);
    else say(line);
  });
  const [code] = (await once(child, "close")) as [number | null];
  signal.removeEventListener("abort", stop);
  if (code === 0) return JSON.parse(output) as SunkRides;
  throw new CommandError(errors.join("\n").replace(/^error: /, "") || `The lake sink ended with exit code ${String(code)}.`);
}
