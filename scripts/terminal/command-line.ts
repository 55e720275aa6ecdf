import { parseArgs, type ParseArgsConfig } from "node:util";
import { CommandError } from "./failure";

/**
 * The command line as values: the environment's name first, then options.
 *
 * @throws CommandError with the usage for an option that doesn't exist or lacks its value, and for a second name.
 */
export function parsedLine<Options extends NonNullable<ParseArgsConfig["options"]>>(
  args: readonly string[],
  options: Options,
  usage: string,
) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ...options, debug: { type: "boolean" }, help: { type: "boolean", short: "h" } },
      allowPositionals: true,
    });
    if (positionals.length > 1) throw new Error(`One environment at a time, but there stand ${positionals.join(", ")}.`);
    return { values, environment: positionals[0] };
  } catch (error) {
    throw new CommandError(`${(error as Error).message}\n\n${usage}`);
  }
}
