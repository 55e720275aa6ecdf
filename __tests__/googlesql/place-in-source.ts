import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** How many lines above the one in question are held against the source too: `from` alone stands in many places. */
const CONTEXT = 6;

/**
 * Where a line of compiled SQL is written in the dbt project: in the model itself, in a macro or a generic test. What Jinja fills in may be anything; among
 * lines that fit, the one whose neighbours above fit best is taken.
 *
 * @returns File and line; undefined when none fits.
 */
export function placeInSource(project: string, file: string, sql: string, line: number): string | undefined {
  const compiled = filled(sql.split("\n").slice(0, line)).map(({ text }) => text);
  const shared = ["macros", "tests/generic"].flatMap((folder) => readdirSync(join(project, folder)).map((name) => `${folder}/${name}`));
  const sources = [file, ...shared].filter((name) => name.endsWith(".sql"));
  const fitting = sources.flatMap((name) => {
    const lines = filled(readFileSync(join(project, name), "utf8").split("\n"));
    return lines.map(({ number }, index) => ({ place: `${name}:${String(number)}`, fit: fit(lines.slice(0, index + 1), compiled) }));
  });
  const [best] = fitting.filter((one) => one.fit > 0).sort((a, b) => b.fit - a.fit);
  return best && `pipelines/dbt/${best.place}`;
}

interface Line {
  readonly text: string;

  /** From 1. */
  readonly number: number;
}

const filled = (lines: readonly string[]): Line[] =>
  lines.map((text, index) => ({ text: text.trim(), number: index + 1 })).filter(({ text }) => text !== "" && !/^\{%.*%\}$/.test(text));

/** How well two pieces agree from their ends upwards; 0 when the last lines don't. */
function fit(source: readonly Line[], compiled: readonly string[]): number {
  let total = 0;
  for (let back = 1; back <= CONTEXT; back++) {
    const one = lineFit(source.at(-back)?.text, compiled.at(-back));
    if (one === 0) return total;
    total += one;
  }
  return total;
}

/** 2 for the same text, 1 where Jinja may have made one of the other, else 0. */
function lineFit(source: string | undefined, compiled: string | undefined): number {
  if (source === undefined || compiled === undefined) return 0;
  if (source === compiled) return 2;
  const literals = source.split(/\{\{.*?\}\}|\{%.*?%\}/);
  if (literals.join("").trim().length < 3) return 0;
  const pattern = literals.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".*");
  return new RegExp(`^${pattern}$`).test(compiled) ? 1 : 0;
}
