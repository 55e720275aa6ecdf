import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { contractJson } from "../../contracts/render/contract-json";
import { streamedEvents } from "../../contracts/events";
import { defaultServices, landedTables } from "../../contracts/tables";
import { compareContracts, worstOf } from "../../operations/contracts/compare";
import { compareEvents } from "../../operations/contracts/compare-events";
import type { Contracts } from "../../operations/contracts/contract";
import { type Effect, effects, type EngineEffect, engines } from "../../operations/contracts/effects";
import { eventEffects, eventEngines } from "../../operations/contracts/event-effects";
import { root } from "../local-dev";
import { CommandError, runCommand } from "../terminal/failure";
import { table } from "../terminal/table";
import { usageOf } from "../terminal/usage";

const COMMITTED = "contracts/generated/contracts.json";

const usage = usageOf("contracts-check");

/** `npm run contracts:check`. */
void runCommand(() => Promise.resolve(check()));

function check(): number {
  const values = parsed();
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const base = values["base-file"] === undefined ? committed(values.base ?? defaultBase()) : contractsIn(values["base-file"]);
  const young = JSON.parse(JSON.stringify(contractJson(landedTables, defaultServices, streamedEvents))) as Contracts;
  const tables = compareContracts(base, young).map((change) => judged(change, effects[change.kind]));
  const events = compareEvents(base, young).map((change) => judged(change, eventEffects[change.kind]));
  const changes = [...tables, ...events];
  const destructive = changes.filter(({ effect }) => effect === "destructive");
  if (values.json) console.log(JSON.stringify(changes, null, 2));
  else if (changes.length === 0) console.log("The contracts are unchanged.");
  else {
    show(tables, engines);
    show(events, eventEngines);
    const reload = tables.length > 0 ? " Every month of a changed table is loaded again." : "";
    console.log(`${String(changes.length)} changes, ${String(destructive.length)} of them destructive.${reload}`);
  }
  return destructive.length > 0 && !values["allow-destructive"] ? 1 : 0;
}

interface Judged {
  readonly where: string;
  readonly what: string;
  readonly effect: Effect;
  readonly engines: Readonly<Record<string, EngineEffect>>;
}

function judged<Change extends { where: string; what: string }>(change: Change, byEngine: Judged["engines"]): Change & Judged {
  return { ...change, effect: worstOf(byEngine), engines: byEngine };
}

/** A table of the changes, and below it what is lost and what to do instead. */
function show(changes: readonly Judged[], engineNames: readonly string[]): void {
  if (changes.length === 0) return;
  const rows = changes.map(({ where, what, engines: by }) => [where, what, ...engineNames.map((engine) => by[engine]?.effect ?? "")]);
  console.log(table(["Where", "Change", ...engineNames], rows));
  for (const { where, engines: by } of changes) {
    for (const [engine, { effect, how }] of Object.entries(by)) {
      if (effect === "destructive") console.log(`✗ ${where}, ${engine}: ${how ?? ""}`);
    }
  }
}

function git(...args: string[]) {
  return spawnSync("git", args, { cwd: root, encoding: "utf8" });
}

function defaultBase(): string {
  return git("rev-parse", "--verify", "--quiet", "origin/main").status === 0 ? "origin/main" : "HEAD";
}

function committed(ref: string): Contracts {
  const { status, stdout, stderr, error } = git("show", `${ref}:${COMMITTED}`);
  if (error) throw new CommandError("There is no git on this machine: compare with a file, --base-file <contracts.json>.");
  if (status !== 0) throw new CommandError(`--base: git has no ${COMMITTED} at "${ref}" (${stderr.trim()}).`);
  return JSON.parse(stdout) as Contracts;
}

function contractsIn(file: string): Contracts {
  try {
    const contracts = JSON.parse(readFileSync(file, "utf8")) as Partial<Contracts> | null;
    if (typeof contracts?.tables === "object") return contracts as Contracts;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") throw new CommandError(`--base-file: there is no file ${file}.`);
  }
  throw new CommandError(`--base-file: ${file} is no contracts.json: expected an object with "tables".`);
}

function parsed() {
  try {
    return parseArgs({
      options: {
        base: { type: "string" },
        "base-file": { type: "string" },
        "allow-destructive": { type: "boolean" },
        json: { type: "boolean" },
        debug: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    throw new CommandError(`${(error as Error).message}\n\n${usage}`);
  }
}
