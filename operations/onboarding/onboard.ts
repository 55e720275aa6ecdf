import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { GoogleApi } from "../google/google-api";
import type { Change, Desk, Outlook, Step } from "./step";
import { bootstrap } from "./steps/bootstrap";
import { configuration } from "./steps/configuration";
import { billing, project } from "./steps/project";
import { quotas } from "./steps/quotas";
import { organisationPolicies, serviceAgents, services } from "./steps/services";

/** What a project needs, in the order in which it can be had. */
export const steps: readonly Step[] = [project, billing, services, organisationPolicies, serviceAgents, quotas, configuration, bootstrap];

/** Who is told, asked, and does what isn't a call. */
export interface Clerk {
  /** Told what a step found, or did. */
  told(step: Step, outlook: Outlook): void;

  /** Whether to make these changes. A dry run says no to all of them. */
  consents(step: Step, outlook: Outlook & { kind: "change" }): Promise<boolean>;

  /** Runs one of this project's commands. @throws Error where it fails */
  runs(command: readonly string[]): Promise<void>;
}

/** How it ended: everything there, something left to somebody, or refused. */
export type Ending = "ready" | "stuck" | "declined";

/** Google shows some changes only after a while. */
const LOOKS = 30;

/**
 * Makes a project ready for its first deployment. What is there already is left alone: what to do is read from Google and from the files
 * each time, so that it can be stopped anywhere and repeated.
 *
 * @param goOn whether to look at the later steps, too, where a change was declined: a dry run does.
 */
export async function onboard(desk: Desk, clerk: Clerk, { patience = 2000, goOn = false, signal }: Pace): Promise<Ending> {
  let declined = false;
  for (const step of steps) {
    let outlook = await step.look(desk);
    if (outlook.kind === "change") {
      if (await clerk.consents(step, outlook)) {
        for (const one of outlook.changes) await make(one, desk.google, clerk, { patience, signal });
        outlook = await settled(step, desk, { patience, signal });
      } else if (!goOn) return "declined";
      else declined = true;
    }
    clerk.told(step, outlook);
    if (outlook.kind === "stuck") return "stuck";
  }
  return declined ? "declined" : "ready";
}

interface Pace {
  /** Milliseconds between two looks at what takes time. @default 2000 */
  readonly patience?: number;
  readonly goOn?: boolean;
  readonly signal: AbortSignal;
}

async function settled(step: Step, desk: Desk, { patience, signal }: Required<Pick<Pace, "patience" | "signal">>): Promise<Outlook> {
  for (let look = 1; ; look++) {
    const outlook = await step.look(desk);
    if (outlook.kind !== "change") return outlook;
    if (look === LOOKS)
      return {
        kind: "stuck",
        found: `It was done, but doesn't show: ${outlook.what}.`,
        mend: "Repeat the command in some minutes: it goes on from here.",
      };
    await delay(patience, undefined, { signal });
  }
}

async function make(one: Change, google: GoogleApi, clerk: Clerk, pace: Required<Pick<Pace, "patience" | "signal">>): Promise<void> {
  if (one.kind === "command") return clerk.runs(one.command);
  if (one.kind === "file") {
    mkdirSync(dirname(one.file), { recursive: true });
    writeFileSync(`${one.file}.new`, one.text);
    return renameSync(`${one.file}.new`, one.file);
  }
  const answer = await (one.method === "PUT"
    ? google.put<Operation>(one.address, one.body)
    : google.post<Operation>(one.address, one.body));
  if (one.operations !== undefined) await finished(answer, one.operations, google, pace);
}

interface Operation {
  readonly name?: string;
  readonly done?: boolean;
  readonly error?: { readonly message?: string };
}

/** Waits for a long-running operation. @throws Error in Google's words where it failed */
async function finished(
  operation: Operation,
  service: string,
  google: GoogleApi,
  { patience, signal }: Required<Pick<Pace, "patience" | "signal">>,
): Promise<void> {
  let current = operation;
  while (current.done !== true && current.name !== undefined) {
    await delay(patience, undefined, { signal });
    current = await google.get<Operation>(`${service}/${current.name}`);
  }
  if (current.error !== undefined) throw new Error(current.error.message ?? "Google could not do it, and doesn't say why.");
}
