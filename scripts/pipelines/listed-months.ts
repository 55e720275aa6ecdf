import { CommandError } from "../terminal/failure";
import { monthIn, monthsBetween } from "./options";

/** What was said of months. */
export interface AskedMonths {
  readonly months?: string;
  readonly from?: string;
  readonly to?: string;
}

/**
 * The months that `--months`, or `--from` and `--to`, ask for; undefined where nothing is asked for.
 *
 * @throws CommandError where both are given, or one is no month.
 */
export function askedMonths({ months, from, to }: AskedMonths, source: string): readonly string[] | undefined {
  if (months === undefined) return monthsBetween(from, to, { source });
  if (from !== undefined || to !== undefined) throw new CommandError("--months says it all: leave out --from and --to.");
  return [...new Set(months.split(",").flatMap((part) => listed(part.trim(), source)))].sort();
}

/** `2024-01`, `2024-01..2024-03` or `2024-01..03`. */
function listed(part: string, source: string): readonly string[] {
  const [first = "", last, ...more] = part.split("..");
  if (more.length > 0) throw new CommandError(`--months: expected such as 2024-01..03, but there stands "${part}".`);
  const from = monthIn("--months", first);
  if (last === undefined) return [from];
  const to = monthIn("--months", /^\d\d$/.test(last) ? `${from.slice(0, 4)}-${last}` : last);
  if (to < from) throw new CommandError(`--months: ${to} lies before ${from}.`);
  return monthsBetween(from, to, { source }) ?? [];
}
