import { becomeCommand, commandFile } from "./command.mjs";
import { report } from "./failure.mjs";
import { setUp } from "./set-up.mjs";
import { steps, stepsFor } from "./steps.mjs";
import { answered } from "./usage.mjs";

/** `npm start` and the like: makes ready what the command needs, then runs it. */
export async function launch(command, args) {
  await exitWith(async () => {
    if (command === "lint" && answered(command, args)) return 0;
    if (command === "lint") return (await import("../test/run.mjs")).runTests(["--only", "lint"]);
    const file = commandFile(command);
    if (answered(command, args)) return 0;
    await setUp(stepsFor(command));
    return becomeCommand(file, args);
  });
}

/** `npm run setup`: makes everything ready, and nothing else. */
export async function launchSetUp() {
  await exitWith(async () => {
    if (!(await setUp(steps))) console.log("Ready: nothing to do");
    return 0;
  });
}

/** `npm test`. */
export async function launchTests(args) {
  await exitWith(async () => (await import("../test/run.mjs")).runTests(args));
}

/** Ends this process with the code that the work gives; errors are printed for people and end it with 1. */
async function exitWith(work) {
  try {
    process.exitCode = await work();
  } catch (error) {
    report(error);
    process.exitCode = 1;
  }
}
