import { spawn } from "node:child_process";
import { once } from "node:events";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { paths, python, root } from "../local-dev";
import { CommandError } from "../terminal/failure";
import { table } from "../terminal/table";

export const formats = ["iceberg", "delta", "both"];

/** What a derivation made of one table in one format; everything but the counts of changed rows and months is as it is afterwards. */
export interface DerivedTable {
  readonly format: "iceberg" | "delta";
  readonly table: string;
  readonly rows: number;
  readonly months_changed: number;
  readonly inserted: number;
  readonly updated: number;
  readonly deleted: number;
  readonly versions: number;
  readonly bytes: number;
  readonly seconds: number;

  /** Whether the rows are those of the lake, to the last column. */
  readonly equal: boolean;

  /** Months, `YYYY-MM`, in which they aren't. */
  readonly different: readonly string[];

  /** What kept months from being derived: what, where, how to mend it. */
  readonly problems: readonly string[];
}

/**
 * Runs the derivation (pipelines/lakehouse) on this machine's lake.
 *
 * @throws CommandError with its own words where it gives no result
 */
export async function deriveTables(
  args: readonly string[],
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<readonly DerivedTable[]> {
  const sources = ["lakehouse", "ingest"].map((name) => join(root, "pipelines", name, "src"));
  const places = ["--settings", paths.settings(), "--folder", paths.lakehouse()];
  const child = spawn(python("lakehouse"), ["-m", "lakehouse", ...places, ...args], {
    env: { ...process.env, PYTHONPATH: sources.join(delimiter), PYTHONUNBUFFERED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });
  const errors: string[] = [];
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  createInterface({ input: child.stderr }).on("line", (line) => {
    if (errors.length > 0 || line.startsWith("error: ")) errors.push(line);
    else say(line);
  });
  const [code] = (await once(child, "close")) as [number | null];
  if (output !== "") return JSON.parse(output) as DerivedTable[];
  throw new CommandError(errors.join("\n").replace(/^error: /, "") || `The derivation ended with exit code ${String(code)}.`);
}

/** A line for each table, and below what is wrong. */
export function lakehouseReport(derived: readonly DerivedTable[]): string {
  const header = ["Format", "Table", "Rows", "Months changed", "Inserted", "Updated", "Deleted", "Versions", "Bytes", "Seconds", "Equal"];
  const rows = derived.map((one) => [
    one.format,
    one.table,
    ...[one.rows, one.months_changed, one.inserted, one.updated, one.deleted, one.versions, one.bytes],
    one.seconds.toFixed(1),
    one.equal ? "✓" : "✗",
  ]);
  const different = derived
    .filter((one) => one.different.length > 0)
    .map((one) => `✗ ${one.format} ${one.table}: not the lake's rows in ${one.different.join(", ")}. Derive it anew: --rebuild`);
  const problems = new Set(derived.flatMap((one) => one.problems));
  return [table(header, rows), ...different, ...[...problems].map((problem) => `✗ ${problem}`)].join("\n");
}
