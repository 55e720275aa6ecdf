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
      `${environment} isn't on this machine: only ${HERE} is deployed here. There, run the DAG "trips" in its Composer environment, with the parameters source, services and months.`,
    );
  if (!isDeployed) throw new CommandError(`${HERE} isn't deployed to this machine yet: run npm start.`);
}
