import { delimiter, join } from "node:path";
import { loadConfigurations } from "../../config/load";
import type { Keys } from "../../operations/guard/judge";
import type { Project } from "../../operations/terraform/stack";
import { forgetMovedBackend, root } from "../local-dev";
import { CommandError } from "../terminal/failure";

/** This project for commands that work on any deployment: the cloud's, or this machine's where `.embedded/environment.sh` was sourced. */
export function project(signal: AbortSignal): Project {
  if (process.env.PLATFORM_TARGET === "embedded") forgetMovedBackend();
  const path = [process.env.PATH, join(root, ".embedded/bin")].join(delimiter);
  return { root, signal, variables: { ...process.env, PATH: path } };
}

/** Who allows the loss of data in a stack. @throws CommandError for a stack of no environment */
export function keysOf(stack: string, allowedLosses: readonly string[]): Keys {
  const configurations = loadConfigurations();
  const found = configurations.find(({ name }) => stack === name || stack.startsWith(`${name}-`));
  if (!found)
    throw new CommandError(
      `The stack "${stack}" belongs to no environment; there are: ${configurations.map(({ name }) => name).join(", ")}.`,
    );
  return { environment: found.name, allowsDataDeletion: found.allowsDataDeletion, allowedLosses: new Set(allowedLosses) };
}
