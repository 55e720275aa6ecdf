import { rmSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "./failure.mjs";
import { takeLock } from "./one-at-a-time.mjs";
import { embedded } from "./places.mjs";
import { Progress, seconds } from "./progress.mjs";
import { findPython } from "./python.mjs";
import { isStopping, logOf, stopTools } from "./tool.mjs";

/**
 * Makes ready what isn't: unfinished steps run side by side, each as soon as those that it needs are finished.
 * @param {object[]} steps as in steps.mjs
 * @returns {Promise<boolean>} whether there was something to do
 * @throws {Failure} when steps failed, after the others have ended
 */
export async function setUp(steps) {
  const start = performance.now();
  const context = { python: findPython() };
  const pending = () => steps.filter((step) => !step.isDone(context));
  if (pending().length === 0) return false;

  const giveBack = await takeLock(join(embedded, "setup.lock"), (pid) =>
    console.log(`Another set-up (process ${pid}) is at work: waiting for it.`),
  );
  const progress = new Progress();
  const stopListening = stopOnSignals(progress, giveBack);
  try {
    const todo = pending();
    if (todo.length === 0) return true;
    console.log(`Setting up (${todo.length} of ${steps.length} steps; kept in .embedded for the next time)`);
    await runSteps(todo, context, progress);
    progress.say(`Ready in ${seconds(start)}`);
    return true;
  } finally {
    progress.end();
    stopListening();
    giveBack();
  }
}

async function runSteps(todo, context, progress) {
  const results = new Map();
  const failures = [];
  for (const step of todo) results.set(step.name, runAfter(step));
  await Promise.all(results.values());
  if (failures.length > 0) throw joined(failures, todo.length);

  /** Whether the step is finished. `todo` is in order of need, so that what a step waits for has an entry already. */
  async function runAfter(step) {
    const before = await Promise.all(step.needs.map((name) => results.get(name) ?? true));
    if (before.includes(false)) return false;
    progress.started(step.title);
    try {
      rmSync(logOf(step.name), { force: true });
      await step.run(context);
      progress.finished(step.title, "done");
      return true;
    } catch (error) {
      progress.finished(step.title, isStopping() ? "stopped" : "FAILED");
      failures.push({ step, error });
      return false;
    }
  }
}

function joined(failures, count) {
  const unforeseen = failures.find(({ error }) => !(error instanceof Failure) && error.code === undefined);
  if (unforeseen) return unforeseen.error;
  const messages = failures.map(({ step, error }) => `\n${step.title}: ${error.message}\n${error.next ?? ""}`.trimEnd());
  return new Failure(`${messages.join("\n")}\n`, `Set-up isn't finished: ${failures.length} of ${count} steps failed.`, {
    cause: failures[0].error,
  });
}

/** Ctrl-C: ends the tools, gives the lock back, and dies of the same signal, so that the shell sees what happened. */
function stopOnSignals(progress, giveBack) {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  const stop = async (signal) => {
    stopListening();
    await stopTools();
    progress.end();
    giveBack();
    console.log("Set-up was stopped; what is finished is kept.");
    process.kill(process.pid, signal);
  };
  const stopListening = () => signals.forEach((signal) => process.off(signal, stop));
  signals.forEach((signal) => process.on(signal, stop));
  return stopListening;
}
