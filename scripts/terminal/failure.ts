import { ConfigurationError } from "../../config/configuration-error";
import { EmbeddedError } from "../../embedded/embedded-error";
import { AirflowApiError } from "../../operations/airflow/airflow-api-error";
import { GoogleError } from "../../operations/google/google-error";
import { PlanError } from "../../operations/guard/plan";
import { ImageError } from "../../operations/image/image-error";
import { TerraformError } from "../../operations/terraform/terraform";
import { SettingsError } from "../../pipelines/settings/settings-error";
import { StreamingError } from "../../pipelines/streaming/client/streaming-error";

/** Something went wrong that the person at the keyboard can mend. */
export class CommandError extends Error {
  public override readonly name = "CommandError";
}

/** Ctrl-C ended the command, but not what it had begun in the cloud; the message says how to take it up again. */
export class WorkGoesOn extends Error {
  public override readonly name = "WorkGoesOn";
}

/** Exit code after Ctrl-C, as shells have it: 128 and the signal's number. */
const INTERRUPTED = 130;

/** Runs a command and ends the process with its exit code; errors are printed for people, with a stack trace only where `--debug` asks. */
export async function runCommand(command: (signal: AbortSignal) => Promise<number>): Promise<void> {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => {
      if (!controller.signal.aborted) process.stderr.write("\nStopping …\n");
      controller.abort();
    });
  }
  try {
    process.exitCode = await command(controller.signal);
  } catch (error) {
    process.exitCode = controller.signal.aborted ? INTERRUPTED : 1;
    if (error instanceof WorkGoesOn) process.stderr.write(`${error.message}\n`);
    else if (controller.signal.aborted) process.stderr.write("Stopped. The same command goes on from here.\n");
    else process.stderr.write(`\n${describe(error)}\n`);
  }
}

const forPeople = [
  AirflowApiError,
  CommandError,
  EmbeddedError,
  GoogleError,
  ImageError,
  PlanError,
  SettingsError,
  StreamingError,
  TerraformError,
];

function describe(error: unknown): string {
  if (process.argv.includes("--debug")) return error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (error instanceof ConfigurationError)
    return `The configuration needs mending:\n${error.problems.map((problem) => `  ${problem}`).join("\n")}`;
  if (forPeople.some((kind) => error instanceof kind)) return (error as Error).message;
  return `${error instanceof Error ? error.message : String(error)}\nThis was not foreseen: repeat with --debug to see where it came from.`;
}
