import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { CommandError } from "../terminal/failure";

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** The TLC publishes about two months after a month's end. */
const PUBLICATION_LAG_MONTHS = 2;

/** `yellow,green` as a list. @throws CommandError for a service that doesn't exist */
export function servicesIn(option: string, given: string | undefined, known: readonly string[]): readonly string[] | undefined {
  const asked = given?.split(",").map((name) => name.trim());
  const stranger = asked?.find((name) => !known.includes(name));
  if (stranger !== undefined) throw new CommandError(`${option}: there is no service "${stranger}"; there are ${known.join(", ")}.`);
  return asked;
}

/** `auto`, `tlc`, `lake` or `synthetic` as it is, a folder as its absolute path. @throws CommandError for a folder that isn't there */
export function sourceIn(option: string, given: string): string {
  return ["auto", "tlc", "lake", "synthetic"].includes(given) ? given : existingFolder(option, given);
}

/** The same for a run in the cloud. @throws CommandError for a folder, which nobody there sees */
export function cloudSourceIn(option: string, given: string): string {
  if (["auto", "tlc", "lake", "synthetic"].includes(given)) return given;
  throw new CommandError(
    `${option}: the cloud doesn't see the folder ${given}. There, a source is tlc, lake, synthetic or auto; npm run pipelines -- dev takes a folder.`,
  );
}

/** @throws CommandError for what isn't a folder */
export function existingFolder(option: string, given: string): string {
  // npm changes to the project's folder; the person stands elsewhere.
  const path = resolve(process.env.INIT_CWD ?? process.cwd(), given);
  if (!existsSync(path))
    throw new CommandError(`${option}: there is no folder ${path}. Name one that holds TLC's files, e.g. yellow_tripdata_2024-01.parquet.`);
  if (!statSync(path).isDirectory()) throw new CommandError(`${option}: ${path} is a file. Name the folder that holds it.`);
  return path;
}

/** @throws CommandError for anything but YYYY-MM */
export function monthIn(option: string, given: string): string {
  if (!MONTH.test(given)) throw new CommandError(`${option}: expected a month such as 2024-01, but there stands "${given}".`);
  return given;
}

/**
 * `--from` and `--to` as all the months from the one to the other, oldest first; undefined where neither is given.
 *
 * Without `--to`: up to the newest month that the TLC can have published.
 *
 * @throws CommandError for a range that ends before it begins, has no beginning, or whose end only a folder could tell.
 */
export function monthsBetween(
  from: string | undefined,
  to: string | undefined,
  { source, today = new Date() }: { readonly source: string; readonly today?: Date },
): readonly string[] | undefined {
  if (from === undefined && to === undefined) return undefined;
  if (from === undefined) throw new CommandError("--to needs --from: name the first month too.");
  if (to === undefined && source.startsWith("/")) throw new CommandError("--from with a folder needs --to: name the last month too.");
  const first = indexOf(monthIn("--from", from));
  const last = to === undefined ? today.getUTCFullYear() * 12 + today.getUTCMonth() - PUBLICATION_LAG_MONTHS : indexOf(monthIn("--to", to));
  if (last < first)
    throw new CommandError(
      to === undefined
        ? `--from: ${from} can't be published yet; the newest is ${nameOf(last)}.`
        : `--to: ${to} lies before --from ${from}. Write --from ${to} --to ${from}.`,
    );
  return Array.from({ length: last - first + 1 }, (_, index) => nameOf(first + index));
}

function indexOf(month: string): number {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return year * 12 + number - 1;
}

const nameOf = (index: number): string => `${String(Math.floor(index / 12)).padStart(4, "0")}-${String((index % 12) + 1).padStart(2, "0")}`;
