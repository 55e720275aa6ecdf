import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { EmbeddedError } from "../../embedded-error";

/** How a service's program is started. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];

  /** Variables beside this process's own. @default - none */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The same for the same command, arguments and variables. */
export function printOf({ command, args, environment }: Program): string {
  return createHash("sha256")
    .update(JSON.stringify([command, args, environment]))
    .digest("hex");
}

/** Runs a program that ends by itself; answers with what it says. @throws EmbeddedError with what it complains of */
export async function runToEnd({ command, args, environment }: Program, what: string, signal?: AbortSignal): Promise<string> {
  try {
    return (await promisify(execFile)(command, [...args], { env: { ...process.env, ...environment }, signal })).stdout;
  } catch (error) {
    signal?.throwIfAborted();
    const { stderr = "", message } = error as Error & { stderr?: string };
    throw new EmbeddedError(`${what} has failed: ${stderr.trim() || message}`, "Is the cluster whole? npm run topics shows it.");
  }
}
