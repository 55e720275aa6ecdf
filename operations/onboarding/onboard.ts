import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { GoogleApi } from "../google/google-api";
import { GoogleError } from "../google/google-error";
import { onceOn, type Pace } from "./once-on";
import { type Change, type Desk, note, type Outlook, type Step } from "./step";
import { bootstrap } from "./steps/bootstrap";
import { clock } from "./steps/clock";
import { configuration } from "./steps/configuration";
import { firstServices } from "./steps/first-services";
import { billing, project } from "./steps/project";
import { quotas } from "./steps/quotas";
import { organisationPolicies, serviceAgents, services } from "./steps/services";

/** What a project needs, in the order in which it can be had. */
export const steps: readonly Step[] = [
  firstServices,
  clock,
  project,
  billing,
  services,
  organisationPolicies,
  serviceAgents,
  quotas,
  configuration,
  bootstrap,
];

/** Who is told, asked, and does what isn't a call. */
export interface Clerk {
  /** Told what a step found, or did. */
  told(step: Step, outlook: Outlook): void;

  /** Told that an API which was switched on doesn't answer yet: that takes up to some minutes. */
  waits(service: string): void;

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
export async function onboard(desk: Desk, clerk: Clerk, { patience = 2000, goOn = false, signal }: Options): Promise<Ending> {
  let declined = false;
  const waits = (service: string): void => {
    clerk.waits(service);
  };
  const pace = { patience, signal, waits };
  for (const step of steps) {
    let outlook = declined ? await lookAtMost(step, desk) : await onceOn(() => step.look(desk), desk, pace);
    if (outlook.kind === "change") {
      if (await clerk.consents(step, outlook)) {
        for (const one of outlook.changes) await onceOn(() => make(one, desk, clerk, pace), desk, pace);
        outlook = await settled(step, desk, pace);
      } else if (!goOn) return "declined";
      else declined = true;
    }
    clerk.told(step, outlook);
    if (outlook.kind === "stuck") return "stuck";
  }
  return declined ? "declined" : "ready";
}

interface Options {
  /** Milliseconds between two looks at what takes time. @default 2000 */
  readonly patience?: number;
  readonly goOn?: boolean;
  readonly signal: AbortSignal;
}

/** In a dry run: what an API would tell that nobody switched on can't be known. */
async function lookAtMost(step: Step, desk: Desk): Promise<Outlook> {
  try {
    return await step.look(desk);
  } catch (error) {
    if (!(error instanceof GoogleError) || error.disabledService === undefined) throw error;
    return note(`${error.disabledService} is off, so this can't be looked at`, "It is looked at once the API is on.");
  }
}

async function settled(step: Step, desk: Desk, pace: Pace): Promise<Outlook> {
  for (let look = 1; ; look++) {
    const outlook = await onceOn(() => step.look(desk), desk, pace);
    if (outlook.kind !== "change") return outlook;
    if (look === LOOKS)
      return {
        kind: "stuck",
        found: `It was done, but doesn't show: ${outlook.what}.`,
        mend: "Repeat the command in some minutes: it goes on from here.",
      };
    await delay(pace.patience, undefined, { signal: pace.signal });
  }
}

async function make(one: Change, { google }: Desk, clerk: Clerk, pace: Pace): Promise<void> {
  if (one.kind === "command") return clerk.runs(one.command);
  if (one.kind === "file") {
    mkdirSync(dirname(one.file), { recursive: true });
    writeFileSync(`${one.file}.new`, one.text);
    return renameSync(`${one.file}.new`, one.file);
  }
  const answer = await call(one, google);
  if (one.operations !== undefined) await finished(answer, one.operations, google, pace);
}

function call({ method, address, body }: Change & { kind: "call" }, google: GoogleApi): Promise<Operation> {
  if (method === "GET") return google.get<Operation>(address);
  return method === "PUT" ? google.put<Operation>(address, body) : google.post<Operation>(address, body);
}

interface Operation {
  readonly name?: string;
  readonly done?: boolean;
  readonly error?: { readonly message?: string };
}

/** Waits for a long-running operation. @throws Error in Google's words where it failed */
async function finished(operation: Operation, service: string, google: GoogleApi, { patience, signal }: Pace): Promise<void> {
  let current = operation;
  while (current.done !== true && current.name !== undefined) {
    await delay(patience, undefined, { signal });
    current = await google.get<Operation>(`${service}/${current.name}`);
  }
  if (current.error !== undefined) throw new Error(current.error.message ?? "Google could not do it, and doesn't say why.");
}
