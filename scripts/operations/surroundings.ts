import { execFile } from "node:child_process";
import { statfsSync } from "node:fs";
import { totalmem } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { Configuration } from "../../config/configuration";
import { ConfigurationError } from "../../config/configuration-error";
import { loadConfigurations } from "../../config/load";
import { datasetName } from "../../constructs/warehouse/dataset-name";
import { isPortTaken, portHolder } from "../../embedded/engines/port";
import type { Answer, Surroundings } from "../../operations/doctor/surroundings";
import { type Credentials, defaultCredentials } from "../../operations/google/credentials";
import { GoogleApi } from "../../operations/google/google-api";
import { root } from "../local-dev";
import { CommandError } from "../terminal/failure";

const MOST_MILLISECONDS = 20_000;

/** A doctor who waits long for each answer isn't asked again. */
const PATIENCE = 100;

/** This machine, and an environment as it is configured here. @throws CommandError where there is no such environment */
export async function surroundings(name: string, cloud: boolean, signal: AbortSignal, variables = process.env): Promise<Surroundings> {
  const credentials = cloud ? await credentialsOf(variables) : { problem: "not asked for" };
  return {
    root,
    variables,
    nodeVersion: process.versions.node,
    memoryBytes: totalmem(),
    cloud,
    configuration: configurationOf(name, variables),
    credentials,
    google:
      "problem" in credentials
        ? undefined
        : new GoogleApi({ credentials, signal, endpoint: variables.GOOGLE_API_ENDPOINT, patience: PATIENCE }),
    freeBytes: (folder) => {
      const { bavail, bsize } = statfsSync(folder);
      return bavail * bsize;
    },
    ask,
    portHolder: async (port) => ((await isPortTaken(port)) ? (portHolder(port) ?? {}) : undefined),
    unreachable: (url) => unreachable(url, signal),
    openSetUp,
    landedDataset: datasetName("landed"),
  };
}

function configurationOf(name: string, variables: NodeJS.ProcessEnv): Configuration | { readonly problems: readonly string[] } {
  try {
    const configurations = loadConfigurations({ variables });
    const found = configurations.find((one) => one.name === name);
    if (found) return found;
    throw new CommandError(`There is no environment "${name}"; there are ${configurations.map((one) => one.name).join(", ")}.`);
  } catch (error) {
    if (error instanceof ConfigurationError) return { problems: error.problems };
    throw error;
  }
}

async function credentialsOf(variables: NodeJS.ProcessEnv): Promise<Credentials | { readonly problem: string }> {
  try {
    return await defaultCredentials(variables);
  } catch (error) {
    return { problem: (error as Error).message };
  }
}

async function ask(program: string, ...args: string[]): Promise<Answer | undefined> {
  try {
    const { stdout, stderr } = await promisify(execFile)(program, args, { timeout: MOST_MILLISECONDS });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout = "", stderr = "" } = error as { code?: number | string; stdout?: string; stderr?: string };
    return code === "ENOENT" || code === "EACCES" ? undefined : { code: typeof code === "number" ? code : 1, output: stdout + stderr };
  }
}

async function unreachable(url: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    const { status } = await fetch(url, { method: "HEAD", signal: AbortSignal.any([signal, AbortSignal.timeout(MOST_MILLISECONDS / 2)]) });
    return status < 500 ? undefined : `HTTP ${String(status)}`;
  } catch (error) {
    signal.throwIfAborted();
    const { cause, message } = error as Error;
    return cause instanceof Error ? cause.message : message;
  }
}

/** Set-up's own steps are plain modules of Node's, so that they run before anything is installed. */
async function openSetUp(): Promise<string[]> {
  const load = <Module>(file: string): Promise<Module> => import(pathToFileURL(join(root, "scripts/setup", file)).href) as Promise<Module>;
  const { stepsFor } = await load<{ stepsFor: (command: string) => Step[] }>("steps.mjs");
  const { findPython } = await load<{ findPython: () => unknown }>("python.mjs");
  const context = { python: findPython() };
  return stepsFor("start")
    .filter((step) => !step.isDone(context))
    .map(({ title }) => title);
}

interface Step {
  readonly title: string;
  isDone(context: unknown): boolean;
}
