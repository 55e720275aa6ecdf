import { textOf, type ValueObject } from "../../protocol/value";
import type { Complaint } from "../rules";

/** Complains of a text that is known and none of the values. */
export function mustBeOneOf(config: ValueObject, attribute: string, values: readonly string[]): Complaint[] {
  const text = textOf(config, attribute);
  return text === "" || values.includes(text) ? [] : [{ attribute, message: `"${text}" must be one of ${values.join(", ")}.` }];
}
