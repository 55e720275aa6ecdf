import type { GoogleApi } from "./google-api";

/** Seconds that Google tolerates between a token's time and its own, with some to spare. */
const MOST_SECONDS_APART = 60;

/** How a clock is set. */
export const SET_CLOCK = "Set it: timedatectl set-ntp true (Linux), sntp -sS time.google.com (macOS).";

/** How far this machine's clock is off by Google's answers so far, where it is too far for Google; undefined where it isn't, or Google hasn't answered. */
export function wrongBy({ clockAhead = 0 }: Pick<GoogleApi, "clockAhead">): string | undefined {
  if (Math.abs(clockAhead) <= MOST_SECONDS_APART) return undefined;
  return `${String(Math.abs(clockAhead))} s ${clockAhead > 0 ? "ahead of" : "behind"} Google's`;
}
