import { textOf, type ValueObject } from "../../protocol/value";
import type { Complaint } from "../rules";

/** Complains of a text that is known and doesn't match; `expected` completes "… must be …". */
export function mustMatch(config: ValueObject, attribute: string, pattern: RegExp, expected: string): Complaint[] {
  const text = textOf(config, attribute);
  return text === "" || pattern.test(text) ? [] : [{ attribute, message: `"${text}" must be ${expected}.` }];
}
