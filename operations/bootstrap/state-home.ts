/** What matters of a Terraform state. */
export interface KnownState {
  /** Tells this state from all others: it stays the same for life, also when the state moves. */
  readonly lineage: string;

  /** Counts the versions of the state. */
  readonly serial: number;

  /** How many resources it holds. */
  readonly resources: number;
}

/** Where the bootstrap's state is at home: on this machine as long as there is no bucket for it. */
export type StateHome = "machine" | "bucket";

/** A state as Terraform writes it; undefined for one without resources, which is as good as none. @throws SyntaxError for half a file */
export function parseState(text: string): KnownState | undefined {
  if (text.trim() === "") return undefined;
  const { lineage, serial, resources } = JSON.parse(text) as { lineage: string; serial: number; resources?: readonly unknown[] };
  return resources === undefined || resources.length === 0 ? undefined : { lineage, serial, resources: resources.length };
}

/**
 * Tells from the states themselves, not from a note that somebody made, where to go on: whatever was killed in between, and wherever.
 *
 * @throws StateConflict when both places hold a state and neither is a copy of the other.
 */
export function homeOf(local: KnownState | undefined, remote: KnownState | undefined): StateHome {
  if (remote === undefined) return "machine";
  if (local !== undefined && local.lineage !== remote.lineage) throw new StateConflict("they are states of different deployments");
  if (local !== undefined && local.serial > remote.serial) throw new StateConflict("the one on this machine is newer");
  return "bucket";
}

/** Two states of which only a person can tell the right one. */
export class StateConflict extends Error {
  public override readonly name = "StateConflict";
}
