import { UNKNOWN, canonicalText, equal, isObject, type Value, type ValueObject } from "../protocol/value";
import type { Attribute, Block, NestedBlock } from "../schema/schema";
import type { Cloud } from "./cloud";
import type { ResourceRules } from "./rules";

/** What Terraform asks to be planned, fitted to the schema. */
export interface ProposedChange {
  /** Null for a creation. */
  readonly prior: ValueObject | null;
  /** The configuration, with prior values where the cloud fills in. */
  readonly proposed: ValueObject;
  readonly config: ValueObject;
}

/** The resource as it will be: defaults added, prior values kept, `UNKNOWN` where only the cloud can tell. */
export function plan(schema: Block, rules: ResourceRules, change: ProposedChange, cloud: Cloud): ValueObject {
  const { prior, config } = change;
  const planned = planBlock(schema, rules, "", change.proposed, prior);
  rules.plan?.({ planned, config, prior }, cloud);
  if (prior && !equal(prior, planned)) for (const name of rules.changedByUpdate ?? []) planned[name] = UNKNOWN;
  return planned;
}

function planBlock(block: Block, rules: ResourceRules, path: string, proposed: ValueObject, prior: ValueObject | null): ValueObject {
  const planned: ValueObject = {};
  for (const [name, attribute] of Object.entries(block.attributes)) {
    planned[name] = planAttribute(attribute, rules, path + name, proposed[name] ?? null, prior?.[name]);
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    planned[name] = planNested(nested, rules, path + name, proposed[name] ?? null, prior?.[name]);
  }
  return planned;
}

/** @param prior `undefined` where the resource or the block around the attribute is new. */
function planAttribute(attribute: Attribute, rules: ResourceRules, path: string, proposed: Value, prior: Value | undefined): Value {
  if (proposed === null) {
    const byDefault = rules.defaults?.[path];
    if (byDefault !== undefined) return byDefault;
    if (!attribute.computed) return null;
    return prior === undefined ? UNKNOWN : prior;
  }
  if (typeof proposed !== "string") return proposed;
  const text = rules.normalized?.[path]?.(proposed) ?? proposed;
  if (typeof prior === "string" && rules.sameMeaning?.[path]?.(prior, text)) return prior;
  return text;
}

function planNested(nested: NestedBlock, rules: ResourceRules, path: string, proposed: Value, prior: Value | undefined): Value {
  if (nested.nesting === "single") {
    return isObject(proposed) ? planBlock(nested.block, rules, `${path}.`, proposed, isObject(prior) ? prior : null) : proposed;
  }
  if (!Array.isArray(proposed)) return proposed;
  if (proposed.length === 0 && nested.computed) return prior === undefined ? UNKNOWN : prior;
  const priors = Array.isArray(prior) ? prior.filter(isObject) : [];
  const planned = proposed.map((element, index) => {
    if (!isObject(element)) return element;
    const before = nested.nesting === "list" ? priors[index] : priors.find((candidate) => agrees(nested.block, element, candidate));
    return planBlock(nested.block, rules, `${path}.`, element, before ?? null);
  });
  // The prior order of a set stays, else a default that sorts elsewhere would look like a change.
  return nested.nesting === "set" && sameMembers(planned, priors) ? priors : planned;
}

/** Whether an element of a set is the prior one: equal but for what the cloud fills in or a default fills out. */
function agrees(block: Block, element: ValueObject, prior: ValueObject): boolean {
  const attributes = Object.keys(block.attributes).every((name) => element[name] === null || equal(element[name], prior[name]));
  return attributes && Object.keys(block.blocks).every((name) => equal(element[name], prior[name]));
}

function sameMembers(one: readonly Value[], other: readonly Value[]): boolean {
  return one.length === other.length && equal(one.map(canonicalText).sort(), other.map(canonicalText).sort());
}
