import { setTimeout as pause } from "node:timers/promises";

/** Waits until the condition holds. @throws Error with `what` once the deadline has passed. */
export async function until(what: string, condition: () => boolean, deadlineMs = 10_000): Promise<void> {
  const end = Date.now() + deadlineMs;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`Waited ${deadlineMs} ms in vain: ${what}.`);
    await pause(20);
  }
}
