import { done, type Step, stuck } from "../step";

/** Seconds that Google tolerates between a token's time and its own, with some to spare. */
const MOST_SECONDS_APART = 60;

/** This machine's time, by Google's answers to the steps before. */
export const clock: Step = {
  title: "Clock",
  why: "Google refuses tokens that are of another time.",
  look: ({ google: { clockAhead = 0 } }) =>
    Promise.resolve(
      Math.abs(clockAhead) <= MOST_SECONDS_APART
        ? done("agrees with Google's")
        : stuck(
            `This machine is ${String(Math.abs(clockAhead))} s ${clockAhead > 0 ? "ahead of" : "behind"} Google.`,
            "Set its clock: timedatectl set-ntp true (Linux), sntp -sS time.google.com (macOS).",
          ),
    ),
};
