import type { GoogleApi } from "../google/google-api";

/** Something that onboarding would change: written down first, so that a dry run can show it, and then done. */
export type Change =
  | {
      readonly kind: "call";

      /** Some things Google makes when it is asked what they are. */
      readonly method: "GET" | "POST" | "PUT";
      readonly address: string;
      readonly body?: unknown;

      /** Service and version under which a long-running operation is followed, e.g. `serviceusage/v1`. */
      readonly operations?: string;
    }
  | { readonly kind: "file"; readonly file: string; readonly text: string; readonly what: string }
  | { readonly kind: "command"; readonly command: readonly string[] };

/**
 * What a step found. `done`: nothing to do. `note`: goes on, but somebody should know. `stuck`: somebody else must mend it first.
 * `change`: can be mended here.
 */
export type Outlook =
  | { readonly kind: "done"; readonly found: string }
  | { readonly kind: "note"; readonly found: string; readonly advice: string }
  | { readonly kind: "stuck"; readonly found: string; readonly mend: string }
  | { readonly kind: "change"; readonly what: string; readonly changes: readonly Change[] };

/** What the person wants: by flags, or asked for. */
export interface Wishes {
  readonly environment: string;
  readonly projectId: string;
  readonly billingAccount?: string;
  readonly location?: string;
  readonly github?: { readonly ownerId: string; readonly repositoryId: string; readonly repository: string };
}

/** What steps work with. */
export interface Desk {
  readonly google: GoogleApi;
  readonly wishes: Wishes;

  /** The project's number, once the first step has found it. */
  projectNumber?: string;

  /** APIs that the environment's parts need. */
  readonly services: readonly string[];

  /** APIs among them whose own accounts Google makes only when asked. */
  readonly agents: readonly string[];

  /** What machines will take of the region's quotas, see `quotas.ts`. */
  readonly needs: readonly { readonly metric: string; readonly needed: number; readonly by: string }[];
  readonly location: string;

  /** Absolute path of the environment's file. */
  readonly configFile: string;

  /** Absolute path of the file that remembers what Google can't be asked about. */
  readonly journalFile: string;
  readonly stateBucket: string;
}

/** One thing that a project must have, in the order in which they can be had. */
export interface Step {
  readonly title: string;
  readonly why: string;

  /** Looks, and changes nothing. */
  look(desk: Desk): Promise<Outlook>;
}

export const done = (found: string): Outlook => ({ kind: "done", found });
export const note = (found: string, advice: string): Outlook => ({ kind: "note", found, advice });
export const stuck = (found: string, mend: string): Outlook => ({ kind: "stuck", found, mend });
export const change = (what: string, ...changes: Change[]): Outlook => ({ kind: "change", what, changes });
