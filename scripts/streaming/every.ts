import { setTimeout as pause } from "node:timers/promises";

/**
 * Does something again and again, a pause after it has been done.
 *
 * @param milliseconds the pause
 * @returns what ends it: at once, though the work may be waiting for what doesn't answer
 */
export function every(milliseconds: number, work: () => Promise<void>): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const again = async (): Promise<void> => {
    while (!signal.aborted) {
      await pause(milliseconds, undefined, { signal });
      await work();
    }
  };
  again().catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  return () => {
    ending.abort();
  };
}
