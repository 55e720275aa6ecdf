import type { DeployedObject } from "../../catalog/deployed-objects";
import { UNKNOWN, textOf, type ValueObject } from "../protocol/value";
import type { Block } from "../schema/schema";
import type { Cloud } from "./cloud";
import { fillIn } from "./fill-in";
import type { ResourceRules } from "./rules";

/** What Terraform asks to be done: a null prior creates, a null plan destroys. */
export interface ChangeToApply {
  readonly prior: ValueObject | null;
  readonly planned: ValueObject | null;
}

/**
 * Does it, in the catalogue. A creation adopts an existing object with the same id, unlike Google: a killed apply can then be repeated.
 *
 * @returns The new state, null for a destroyed object.
 * @throws Error for people, when the rules refuse to destroy; nothing has changed then.
 */
export function applyChange(schema: Block, rules: ResourceRules, { prior, planned }: ChangeToApply, cloud: Cloud): ValueObject | null {
  if (planned) return store(schema, rules, planned, cloud);
  if (prior) destroy(rules, prior, cloud);
  return null;
}

function store(schema: Block, rules: ResourceRules, planned: ValueObject, cloud: Cloud): ValueObject {
  // The rules see what is known; what the cloud fills in is null to them, as if not configured.
  const known = Object.fromEntries(Object.entries(planned).map(([name, value]) => [name, value === UNKNOWN ? null : value]));
  const id = rules.id(known, cloud);
  const state = fillIn(schema, planned, { ...rules.filledIn?.(known, cloud), id });
  if (rules.content) cloud.catalog.putContent(rules.type, id, rules.content(known));
  cloud.catalog.put(rules.type, state as ValueObject & DeployedObject);
  return state;
}

function destroy(rules: ResourceRules, prior: ValueObject, cloud: Cloud): void {
  const refusal = rules.refuseDestroy?.(prior, cloud);
  if (refusal !== undefined) throw new Error(refusal);
  rules.destroyed?.(prior, cloud);
  cloud.catalog.delete(rules.type, textOf(prior, "id"));
}
