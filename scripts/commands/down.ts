import { stopEngines } from "../../embedded/engines/engines";
import { runCommand } from "../terminal/failure";
import { alone, paths } from "../local-dev";

/** `npm run down`: stops what runs; data and deployment stay. */
void runCommand(async (signal) => {
  const stopped = await alone("npm run down", () => stopEngines(paths), signal);
  console.log(stopped.length === 0 ? "Nothing was running." : `Stopped: ${stopped.join(", ")}. Start it again: npm run up`);
  return 0;
});
