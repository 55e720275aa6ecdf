import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Failure } from "./failure.mjs";
import { root } from "./places.mjs";

/**
 * Answers what needs no set-up: `--help`, and options that the command doesn't have.
 * @param {string} command one that exists
 * @param {string[]} args its arguments
 * @returns {boolean} whether `--help` was asked for, and is answered
 * @throws {Failure} with the usage, for an option that doesn't exist, lacks its value or has one too many
 */
export function answered(command, args) {
  const usage = usageOf(command);
  if (!isHelpAskedFor(usage, args)) return false;
  console.log(usage);
  return true;
}

/** What the command prints for `--help`. */
const usageOf = (command) => readFileSync(join(root, "scripts", "usage", `${command}.txt`), "utf8").trimEnd();

function isHelpAskedFor(usage, args) {
  // An SQL comment at the beginning of a statement isn't an option.
  const options = args.filter((arg) => !/^--\s/.test(arg));
  try {
    const { values } = parseArgs({ args: options, options: optionsIn(usage), allowPositionals: takesMore(usage) });
    return values.help === true;
  } catch (error) {
    throw new Failure(error.message, `\n${usage}`);
  }
}

/** The options that a usage lists: `  --months <months>   …` has a value, `  --json   …` has none. */
export const optionsIn = (usage) =>
  Object.fromEntries(
    [...usage.matchAll(/^ {2}--([a-z-]+)( <)?/gm)].map(([, name, value]) => [
      name,
      { type: value ? "string" : "boolean", ...(name === "help" ? { short: "h" } : {}) },
    ]),
  );

/** Whether something other than options may follow: the usage's first line says so. */
const takesMore = (usage) => / -- (?!\[options\])/.test(usage.split("\n", 1)[0]);
