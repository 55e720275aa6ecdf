import { environmentNames } from "../../config/load";
import { synthesise } from "../../operations/terraform/stack";
import { project } from "../operations/project";
import { runCommand } from "../terminal/failure";
import { usageOf } from "../terminal/usage";

/** `npm run ci:synth`. */
void runCommand(async (signal) => {
  if (process.argv.includes("--help")) {
    console.log(usageOf("ci-synth"));
    return 0;
  }
  await synthesise(project(signal), environmentNames[0]);
  console.log("All stacks synthesise, and keep the rules.");
  return 0;
});
