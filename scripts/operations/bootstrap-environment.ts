import type { Configuration } from "../../config/configuration";
import { loadConfigurations } from "../../config/load";
import { mend } from "../../operations/bootstrap/mend";
import { StateConflict } from "../../operations/bootstrap/state-home";
import { TerraformError } from "../../operations/terraform/terraform";
import { CommandError } from "../terminal/failure";

/** The environment that is to be bootstrapped. @throws CommandError when there is none of that name, or no project is set for it */
export function environmentOf(name: string | undefined, usage: string): Configuration {
  const configurations = loadConfigurations();
  const found = configurations.find((one) => one.name === name);
  if (!found) throw new CommandError(`Name the environment: ${configurations.map((one) => one.name).join(" or ")}.\n\n${usage}`);
  const { missing } = found.project;
  if (missing.length > 0 && found.bootstrapBackend.kind === "gcs") {
    const lines = missing.map(({ setting, variable }) => `Set ${setting} in config/${found.name}.yaml, or the variable ${variable}.`);
    throw new CommandError([`No Google project is set for "${found.name}".`, ...lines].join("\n"));
  }
  return found;
}

/** Adds what to do to the errors that it is known for. */
export async function explained<Result>(configuration: Configuration, stateFile: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StateConflict)
      throw new CommandError(
        `There are two states of ${configuration.name}-bootstrap, in the bucket ${configuration.stateBucket} and in ${stateFile}: ${error.message}.\nMove the wrong one away (the bucket keeps old versions) and repeat; nothing was changed.`,
      );
    const advice = error instanceof TerraformError ? mend(error.message, configuration.project.id, stateFile) : undefined;
    if (advice !== undefined) throw new CommandError(`${(error as Error).message}\n\n${advice}`);
    throw error;
  }
}
