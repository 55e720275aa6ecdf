/** Stands for a value that is known only after apply. */
export const UNKNOWN: unique symbol = Symbol("known after apply");

/** A value of Terraform's type system (cty) as JavaScript has it; objects and maps are records, lists and sets are arrays. */
export type Value = null | string | number | boolean | typeof UNKNOWN | Value[] | ValueObject;

/** A resource, a block or a map. An attribute that isn't set is null. */
export interface ValueObject {
  [name: string]: Value;
}

export function isObject(value: Value | undefined): value is ValueObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The text of an attribute; empty while it is null or unknown. */
export function textOf(object: ValueObject, name: string): string {
  const value = object[name];
  return typeof value === "string" ? value : "";
}

/** The elements of a list or set of blocks; none while it is null or unknown. */
export function blocksOf(object: ValueObject, name: string): ValueObject[] {
  const value = object[name];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** One text for equal values, whatever the order of their keys: for comparing, sorting and hashing. */
export function canonicalText(value: Value | undefined): string {
  if (value === UNKNOWN) return "<unknown>";
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(",")}]`;
  if (isObject(value)) {
    const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
    return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonicalText(entry)}`).join(",")}}`;
  }
  return JSON.stringify(value ?? null);
}

export function equal(one: Value | undefined, other: Value | undefined): boolean {
  return canonicalText(one) === canonicalText(other);
}
