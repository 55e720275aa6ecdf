import { parseArgs } from "node:util";
import { existingFolder, monthIn, servicesIn } from "../pipelines/options";
import { CommandError } from "../terminal/failure";
import { usageOf } from "../terminal/usage";

/** What `npm start` was asked for. */
export interface StartOptions {
  /** `auto`, `tlc`, `synthetic`, or the absolute path of a folder. */
  readonly source: string;

  /** @default - all services of the source */
  readonly services?: readonly string[];

  /** `2019-01,2019-02` or `2019-01..2019-03`. @default - all months of a folder, TLC's two newest */
  readonly months?: string;

  /** `YYYY-MM`, or `none`. @default - the newest month, unless it is a large one */
  readonly stream?: string;
  readonly help: boolean;
}

/** What `npm start -- --help` prints. */
export const startHelp = usageOf("start");

const MONTHS = /^\d{4}-\d{2}(\.\.\d{4}-\d{2})?(,\d{4}-\d{2}(\.\.\d{4}-\d{2})?)*$/;

/**
 * Reads the command line.
 *
 * @throws CommandError for options that don't exist or don't fit, and for a folder that isn't there.
 */
export function startOptions(args: readonly string[], services: readonly string[]): StartOptions {
  const values = parsed(args);
  if (values.data !== undefined && values.synthetic)
    throw new CommandError("--data and --synthetic exclude each other: choose one source.");
  const asked = servicesIn("--services", values.services, services);
  if (values.months !== undefined && !MONTHS.test(values.months)) {
    throw new CommandError(`--months: expected 2024-01,2024-02 or 2024-01..2024-06, but there stands "${values.months}".`);
  }
  return {
    source: values.data === undefined ? (values.synthetic ? "synthetic" : "auto") : existingFolder("--data", values.data),
    ...(asked ? { services: asked } : {}),
    ...(values.months === undefined ? {} : { months: values.months }),
    ...(values.stream === undefined ? {} : { stream: values.stream === "none" ? "none" : monthIn("--stream", values.stream) }),
    help: values.help ?? false,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        data: { type: "string" },
        synthetic: { type: "boolean" },
        services: { type: "string" },
        months: { type: "string" },
        stream: { type: "string" },
        debug: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    throw new CommandError(`${(error as Error).message}\n\n${startHelp}`);
  }
}
