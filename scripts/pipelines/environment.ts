import { environmentNames } from "../../config/load";
import { CommandError } from "../terminal/failure";

/** The environment that this machine holds. */
export const HERE = "dev";

/**
 * Checks that the environment that a command was asked to work on is this machine's.
 *
 * @throws CommandError for another or none, and where nothing is deployed yet.
 */
export function requireHere(environment: string | undefined, usage: string, isDeployed: boolean): void {
  if (environment === undefined) throw new CommandError(`Name the environment, e.g. ${HERE}.\n\n${usage}`);
  if (!environmentNames.some((name) => name === environment))
    throw new CommandError(`There is no environment "${environment}"; there are ${environmentNames.join(", ")}. On this machine: ${HERE}.`);
  if (environment !== HERE)
    throw new CommandError(
      `${environment} isn't on this machine: only ${HERE} is deployed here. In the cloud there are npm run pipelines, backfill and status; this command changes stores directly.`,
    );
  if (!isDeployed)
    throw new CommandError(`${HERE} isn't deployed to this machine yet: run npm start. In the cloud: --cloud, where the command knows it.`);
}

/**
 * Whether a command is to work in the cloud: on every environment but this machine's, and on that one where it is asked for. In a shell that
 * stands for the embedded cloud (`.embedded/environment.sh`) there is no other.
 */
export const isInCloud = (environment: string | undefined, cloud = false, variables = process.env): environment is string =>
  environmentNames.some((name) => name === environment) && (environment !== HERE || cloud) && variables.PLATFORM_TARGET !== "embedded";
