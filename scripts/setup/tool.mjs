import { spawn } from "node:child_process";
import { appendFileSync, closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "./failure.mjs";
import { advise } from "./advice.mjs";
import { logs, root } from "./places.mjs";

const guard = fileURLToPath(new URL("guard.mjs", import.meta.url));
const running = new Set();
let stopping = false;

/** The log of a step; each set-up that runs the step begins it anew. */
export const logOf = (step) => join(logs, `setup-${step}.log`);

/**
 * Runs a tool to its end with its output in the step's log.
 * @throws {Failure} with the last 20 lines of its output, where the log is and what to try, when it ends with anything but 0
 */
export async function runTool(step, command, args, { cwd = root, env = {} } = {}) {
  mkdirSync(logs, { recursive: true });
  const log = logOf(step);
  appendFileSync(log, `$ ${[command, ...args].join(" ")}\n`);
  const before = readFileSync(log).length;
  const output = openSync(log, "a");
  const child = spawn(process.execPath, [guard, command, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["pipe", output, output],
    detached: true, // Ctrl-C reaches only us: we end the tools in order
  });
  closeSync(output);
  running.add(child);
  const code = await new Promise((resolve, reject) => child.on("error", reject).on("close", (status, signal) => resolve(status ?? signal)));
  running.delete(child);
  if (code !== 0) throw toolFailure(step, command, code, readFileSync(log).subarray(before).toString(), log);
}

function toolFailure(step, command, code, output, log) {
  const lines = output
    .trimEnd()
    .split("\n")
    .filter((line) => !/^\s*(npm error\s+)?at .*:\d+/.test(line)); // the log has the stack trace
  const shown = lines
    .slice(-20)
    .map((line) => `    ${line}`)
    .join("\n");
  return new Failure(`${command} ended with ${code}. The end of its output:\n${shown}`, `${advise(step, output)}\nThe whole log: ${log}`);
}

/** Ends all tools that run, with everything that they started, and waits for that. */
export async function stopTools() {
  stopping = true;
  const ends = [...running].map((child) => new Promise((resolve) => child.on("close", resolve)));
  for (const child of running) child.stdin.destroy();
  await Promise.all(ends);
}

/** Whether tools end because we end them. */
export const isStopping = () => stopping;
