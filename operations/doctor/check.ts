import type { Surroundings } from "./surroundings";

/** `fail`: something won't work. `warn`: it may not, or costs. `skip`: it couldn't be looked at, or isn't needed. */
export type Status = "pass" | "warn" | "fail" | "skip";

/** What a check found. */
export interface Finding {
  readonly status: Status;

  /** What is there, in a few words. */
  readonly found: string;

  /** What to do about it; set where the status is `warn` or `fail`. */
  readonly mend?: string;
}

/** One thing that must be right, and why. */
export interface Check {
  /** Part of the table that it stands in. */
  readonly group: "machine" | "set-up" | "configuration" | "network" | "credentials" | "project" | "deployed";
  readonly title: string;

  /** What goes wrong otherwise. */
  readonly why: string;

  /** Whether it is about the cloud alone: on this machine by itself it is left out. @default false */
  readonly cloud?: boolean;

  /** Looks, and changes nothing. */
  look(at: Surroundings): Finding | Promise<Finding>;
}

export const pass = (found: string): Finding => ({ status: "pass", found });
export const skip = (found: string): Finding => ({ status: "skip", found });
export const warn = (found: string, mend: string): Finding => ({ status: "warn", found, mend });
export const fail = (found: string, mend: string): Finding => ({ status: "fail", found, mend });
