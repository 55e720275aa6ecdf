import { spawn } from "node:child_process";

/**
 * Runs a program on this terminal and waits for its end; signals reach it as if it stood in this process's place.
 * @param {string} command @param {string[]} args @param {import("node:child_process").SpawnOptions} options
 * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null, stopped: NodeJS.Signals | undefined }>} as of the `close` event;
 *   `stopped` is the signal that this process was sent meanwhile
 */
export async function runInForeground(command, args, options) {
  const child = spawn(command, args, { stdio: "inherit", ...options });
  const onTerminal = process.stdin.isTTY || process.stdout.isTTY;
  let stopped;
  const listeners = ["SIGINT", "SIGTERM", "SIGHUP"].map((signal) => {
    const listener = () => {
      stopped = signal;
      // A terminal sends Ctrl-C to both of us; any other sender knows only us.
      if (signal !== "SIGINT" || !onTerminal) child.kill(signal);
    };
    process.on(signal, listener);
    return [signal, listener];
  });
  const [code, signal] = await new Promise((resolve, reject) => child.on("error", reject).on("close", (...end) => resolve(end)));
  for (const [name, listener] of listeners) process.off(name, listener);
  return { code, signal, stopped };
}

/** Ends this process by a signal, so that whoever started it sees the same as without us in between. */
export function dieOf(signal) {
  process.kill(process.pid, signal);
  return new Promise(() => undefined); // until the signal arrives
}
