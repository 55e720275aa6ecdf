import { UNKNOWN, canonicalText, isObject, type Value, type ValueObject } from "../protocol/value";
import type { Block } from "./schema";

/**
 * Any object (from Terraform, an old state or the catalogue) brought into the form that the rest of the provider relies on: exactly
 * the schema's names, null for what is missing, sets in one fixed order.
 */
export function fit(block: Block, object: ValueObject): ValueObject {
  const fitted: ValueObject = {};
  for (const [name, { type }] of Object.entries(block.attributes)) {
    const value = object[name] ?? null;
    fitted[name] = type[0] === "set" && Array.isArray(value) ? inOrder(value) : value;
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    const value = object[name] ?? null;
    if (value === UNKNOWN) fitted[name] = value;
    else if (nested.nesting === "single") fitted[name] = isObject(value) ? fit(nested.block, value) : null;
    else {
      const elements = Array.isArray(value) ? value.map((element) => (isObject(element) ? fit(nested.block, element) : element)) : [];
      fitted[name] = nested.nesting === "set" ? inOrder(elements) : elements;
    }
  }
  return fitted;
}

function inOrder(set: Value[]): Value[] {
  return set
    .map((element): [string, Value] => [canonicalText(element), element])
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, element]) => element);
}
