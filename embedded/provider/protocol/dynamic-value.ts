import { decode, encode, ExtData } from "@msgpack/msgpack";
import { UNKNOWN, isObject, type Value } from "./value";

/** A value on the wire: Terraform sends msgpack, and may send JSON. */
export interface DynamicValue {
  readonly msgpack?: Uint8Array;
  readonly json?: Uint8Array;
}

// Terraform reads every extension but type 12 (unknown with refinements) as a plain unknown value; it sends both kinds.
// https://github.com/hashicorp/terraform/blob/main/docs/plugin-protocol/object-wire-format.md
const UNKNOWN_ON_THE_WIRE = new ExtData(0, new Uint8Array([0]));

export function fromDynamicValue(dynamic: DynamicValue | null | undefined): Value {
  if (dynamic?.msgpack?.length) return withoutExtensions(decode(dynamic.msgpack));
  if (dynamic?.json?.length) return JSON.parse(Buffer.from(dynamic.json).toString("utf8")) as Value;
  return null;
}

export function toDynamicValue(value: Value): DynamicValue {
  return { msgpack: encode(withExtensions(value)) };
}

function withoutExtensions(decoded: unknown): Value {
  if (decoded instanceof ExtData) return UNKNOWN;
  if (Array.isArray(decoded)) return decoded.map(withoutExtensions);
  if (typeof decoded === "object" && decoded !== null) {
    return Object.fromEntries(Object.entries(decoded).map(([key, entry]) => [key, withoutExtensions(entry)]));
  }
  return (decoded ?? null) as Value;
}

function withExtensions(value: Value): unknown {
  if (value === UNKNOWN) return UNKNOWN_ON_THE_WIRE;
  if (Array.isArray(value)) return value.map(withExtensions);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withExtensions(entry)]));
  return value;
}
