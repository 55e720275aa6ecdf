import { CommandError, runCommand } from "../terminal/failure";
import { step } from "../terminal/steps";
import { alone, isDeployed, serveDev } from "../local-dev";

/** `npm run up`: starts again what serves the deployed dev environment, after `npm run down` or a restart of the machine. */
void runCommand(async (signal) => {
  if (!isDeployed()) throw new CommandError("Nothing is deployed to this machine yet: run npm start.");
  await alone(
    "npm run up",
    () => step("Start the engines", serveDev, ({ postgres }) => (postgres ? `Postgres on port ${String(postgres.port)}` : "ready")),
    signal,
  );
  return 0;
});
