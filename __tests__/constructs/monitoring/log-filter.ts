/** An entry as Cloud Logging has it. */
export type LogEntry = Record<string, any>;

/**
 * Whether an entry passes a filter, as far as our filters go: comparisons by `=`, `=~` and `log_id()`, joined by AND, and by OR within brackets.
 *
 * @throws Error for anything else.
 */
export function matches(filter: string, entry: LogEntry): boolean {
  return filter.split(/\s+AND\s+/).every((part) => {
    const inBrackets = /^\((.*)\)$/s.exec(part);
    const alternatives = (inBrackets?.[1] ?? part).split(/\s+OR\s+/);
    return alternatives.some((comparison) => holds(comparison, entry));
  });
}

function holds(comparison: string, entry: LogEntry): boolean {
  const log = /^log_id\("(.+)"\)$/.exec(comparison);
  if (log) return entry.logName === `projects/acme-dev/logs/${encodeURIComponent(log[1]!)}`;
  const [, path, operator, text] = /^([A-Za-z_.]+) (=~?) "(.*)"$/s.exec(comparison) ?? [];
  if (path === undefined) throw new Error(`This test doesn't understand the comparison ${comparison}`);
  const value = at(path, entry);
  if (value === undefined) return false;
  return operator === "=" ? value === text : new RegExp(text!).test(String(value));
}

/** What an extractor of a log-based metric takes from an entry; nothing where there is no such field. */
export function extract(extractor: string, entry: LogEntry): string | undefined {
  const [, plain] = /^EXTRACT\(([A-Za-z_.]+)\)$/.exec(extractor) ?? [];
  if (plain !== undefined) return textOf(at(plain, entry));
  const [, path, expression] = /^REGEXP_EXTRACT\(([A-Za-z_.]+), "(.*)"\)$/.exec(extractor) ?? [];
  if (path === undefined) throw new Error(`This test doesn't understand the extractor ${extractor}`);
  return new RegExp(expression!).exec(String(at(path, entry) ?? ""))?.[1];
}

const at = (path: string, entry: LogEntry): any => path.split(".").reduce((value: any, name) => value?.[name], entry);
const textOf = (value: unknown): string | undefined => (value === undefined || value === null ? undefined : String(value));
