import { setTimeout as delay } from "node:timers/promises";
import { GoogleError } from "../google/google-error";
import type { Desk } from "./step";

/** An API that was switched on answers for up to some minutes that it is off: at most this many times it is asked again. */
const MOST_REPETITIONS = 150;

/** How long to wait for what takes time. */
export interface Pace {
  /** Milliseconds between two looks. */
  readonly patience: number;
  readonly signal: AbortSignal;

  /** Told, once for each API, that it doesn't answer yet. */
  readonly waits: (service: string) => void;
}

/**
 * Does what needs APIs that were just switched on.
 *
 * @throws GoogleError of an API that is off where that isn't about to change, or doesn't within five minutes.
 */
export async function onceOn<Found>(action: () => Promise<Found>, { services }: Desk, { patience, signal, waits }: Pace): Promise<Found> {
  const told = new Set<string>();
  for (let repetition = 0; ; repetition++) {
    try {
      return await action();
    } catch (error) {
      const off = error instanceof GoogleError ? error.disabledService : undefined;
      if (off === undefined || !services.includes(off) || repetition === MOST_REPETITIONS) throw error;
      if (!told.has(off)) waits(off);
      told.add(off);
      await delay(patience, undefined, { signal });
    }
  }
}
