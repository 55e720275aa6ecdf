import { UNKNOWN, isObject, type Value, type ValueObject } from "../protocol/value";
import { fit } from "../schema/fit";
import type { Block, CtyType } from "../schema/schema";

/** The planned resource with a value in every place that the plan left to the cloud: by path, or an empty one of the right type. */
export function fillIn(block: Block, planned: ValueObject, values: Readonly<Record<string, Value>>, path = ""): ValueObject {
  const filled: ValueObject = {};
  for (const [name, { type }] of Object.entries(block.attributes)) {
    const value = planned[name] ?? null;
    filled[name] = value === UNKNOWN ? (values[path + name] ?? empty(type)) : value;
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    const value = planned[name] ?? null;
    const into = (element: Value) => (isObject(element) ? fillIn(nested.block, element, values, `${path}${name}.`) : element);
    if (value === UNKNOWN) {
      const given = values[path + name];
      filled[name] = Array.isArray(given) ? given.map((element) => (isObject(element) ? fit(nested.block, element) : element)) : [];
    } else filled[name] = Array.isArray(value) ? value.map(into) : into(value);
  }
  return filled;
}

function empty(type: CtyType): Value {
  if (type === "string") return "";
  if (type === "number") return 0;
  if (type === "bool") return false;
  return type[0] === "map" ? {} : [];
}
