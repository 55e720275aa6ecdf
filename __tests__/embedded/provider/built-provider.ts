import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";
import type { Readable } from "node:stream";
import { until } from "./deadline";

export const root = path.join(__dirname, "..", "..", "..");

/** Variables with which Terraform starts a provider. */
export const startedByTerraform = {
  TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
  PLUGIN_PROTOCOL_VERSIONS: "5,6",
};

/** A started bundle and what it has said so far. */
export interface StartedProvider {
  readonly process: ChildProcessByStdio<null, Readable, null>;
  /** The first line of standard output. */
  line(): Promise<string>;
  /** The exit code. */
  exit(): Promise<number>;
}

export function startProvider(bundle: string, environment: Record<string, string>, name = "google"): StartedProvider {
  const child = spawn(process.execPath, [bundle, name], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (data: Buffer) => (output += data.toString()));
  const exited = once(child, "exit").then(([code]) => code as number);
  return {
    process: child,
    exit: () => exited,
    line: async () => {
      await until("a line from the provider", () => output.includes("\n"));
      return output.slice(0, output.indexOf("\n"));
    },
  };
}
