import { setTimeout as pause } from "node:timers/promises";

/** How quickly a replay goes; without either, as quickly as brokers acknowledge. */
export interface PaceOptions {
  /** Events a second. */
  readonly rate?: number;

  /** Seconds of event time that go by in one second: 3600 shows an hour in a second. */
  readonly speedUp?: number;
}

/** Microseconds of event time without an event beyond which the gap is skipped: a stray ride may be a month before the others. */
const LONGEST_GAP = 12 * 3_600_000_000;

/** No event is sent more than this many milliseconds too early. */
const FINENESS = 5;

/** Says when the next event is due. */
export class Pace {
  private readonly start = performance.now();
  private first: number | undefined;
  private before: number | undefined;

  constructor(private readonly options: PaceOptions) {}

  /** Milliseconds until the event with this number, from 0, and this event time (microseconds) is due; at most 0 where it is. */
  public ahead(number: number, eventTime: number): number {
    const { rate, speedUp } = this.options;
    const gap = eventTime - (this.before ?? eventTime);
    this.before = eventTime;
    this.first = (this.first ?? eventTime) + (gap > LONGEST_GAP ? gap : 0);
    const byRate = rate === undefined ? 0 : (number / rate) * 1000;
    const byTime = speedUp === undefined ? 0 : (eventTime - this.first) / 1000 / speedUp;
    return Math.max(byRate, byTime) - (performance.now() - this.start);
  }

  /** Waits so long. */
  public async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (milliseconds > FINENESS) await pause(milliseconds, undefined, { signal });
  }

  public isDue(milliseconds: number): boolean {
    return milliseconds <= FINENESS;
  }
}
