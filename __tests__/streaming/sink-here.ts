import { execFile } from "node:child_process";
import { delimiter, resolve } from "node:path";
import { promisify } from "node:util";
import type { KafkaAddresses } from "../../embedded/engines/kafka/kafka-options";

const root = resolve(__dirname, "../..");
const python = resolve(root, ".embedded/python/data/bin/python");
const sinks = resolve(root, "pipelines/streaming/sinks");

/** How a program ended. */
export interface Ended {
  readonly code: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  readonly output: string;
  readonly errors: string;
}

/** What {@link makeRides} has sent. */
export interface MadeRides {
  /** Sorted, each once. */
  readonly event_ids: readonly string[];

  /** Pickups and revenue by `<zone>|<beginning of the hour>`. */
  readonly zone_hours: Readonly<Record<string, readonly [number, string]>>;
}

/** Sends rides in order of event time, as `pipelines/streaming/sinks/tests/make_rides.py` makes them. */
export async function makeRides({ bootstrapServers, registryUrl }: KafkaAddresses, ...options: string[]): Promise<MadeRides> {
  const script = resolve(sinks, "tests/make_rides.py");
  return JSON.parse(await runPython([script, "--bootstrap", bootstrapServers, "--registry", registryUrl, ...options])) as MadeRides;
}

/** `python -m sinks lake --once` into the folder; `killAt` is a fault point of `sinks/fault_points.py`, and which time. */
export const sinkToLake = (
  { bootstrapServers, registryUrl }: KafkaAddresses,
  folder: string,
  options: readonly string[] = [],
  killAt = "",
) =>
  run(["-m", "sinks", "lake", "--bootstrap", bootstrapServers, "--registry", registryUrl, "--to", folder, "--once", ...options], {
    SINKS_KILL_AT: killAt,
  });

const QUERY = `
import duckdb, json, sys
duckdb.sql("set enable_progress_bar = false")
result = duckdb.sql(sys.argv[1])
print(json.dumps([dict(zip(result.columns, row)) for row in result.fetchall()], default=str))
`;

/** The rows of a query, by DuckDB over what lies in files. */
export async function ask<Row>(query: string): Promise<Row[]> {
  return JSON.parse(await runPython(["-c", QUERY, query])) as Row[];
}

/** What a Python program has printed. @throws Error with what it says where it fails */
export async function runPython(args: readonly string[]): Promise<string> {
  const ended = await run(args);
  if (ended.code !== 0) throw new Error(ended.errors);
  return ended.output;
}

async function run(args: readonly string[], variables: Record<string, string> = {}): Promise<Ended> {
  const paths = [resolve(sinks, "src"), resolve(root, "pipelines/ingest/src")].join(delimiter);
  const env = { ...process.env, PYTHONPATH: paths, ...variables };
  try {
    const { stdout, stderr } = await promisify(execFile)(python, args, { env, maxBuffer: 1 << 28, timeout: 300_000 });
    return { code: 0, signal: undefined, output: stdout, errors: stderr };
  } catch (error) {
    const failed = error as { code?: number; signal?: NodeJS.Signals; stdout: string; stderr: string };
    return { code: failed.code, signal: failed.signal, output: failed.stdout, errors: failed.stderr };
  }
}
