import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

const POLL_MILLISECONDS = 100;

/** Whether something takes connections on 127.0.0.1:`port`. */
export function answersOn(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port, timeout: 2_000 });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", () => {
      end(true);
    });
    socket.once("timeout", () => {
      end(false);
    });
    socket.once("error", () => {
      end(false);
    });
  });
}

/** Whether a page is answered with success. */
export async function answersAt(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
  await response?.body?.cancel();
  return response?.ok === true;
}

/**
 * Asks until the answer is yes.
 *
 * @param within milliseconds.
 * @returns false when it wasn't in that time.
 */
export async function until(within: number, ask: () => Promise<boolean>, signal?: AbortSignal): Promise<boolean> {
  const end = Date.now() + within;
  while (!(await ask())) {
    if (Date.now() > end) return false;
    await delay(POLL_MILLISECONDS, undefined, { signal });
  }
  return true;
}
