/** A cell: numbers are aligned to the right and grouped by thousands. */
export type Cell = string | number;

const shown = (cell: Cell): string => (typeof cell === "number" ? cell.toLocaleString("en-US") : cell);

/** Rows below a header, in columns as wide as their widest cell. */
export function table(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const texts = [header, ...rows.map((row) => row.map(shown))];
  const widths = header.map((_, column) => Math.max(...texts.map((row) => row[column]?.length ?? 0)));
  const right = header.map((_, column) => rows.some((row) => typeof row[column] === "number"));
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (right[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join("  ");
  const [first = [], ...others] = texts;
  return [line(first), widths.map((width) => "─".repeat(width)).join("  "), ...others.map(line)].map((text) => text.trimEnd()).join("\n");
}
