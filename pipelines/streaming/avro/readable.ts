import type { Type } from "avsc";
import { amountText, localText, schemaOf } from "./schemas";

/** Shows a value of one kind; what needs no other form is shown as it is. */
type Show = (value: number) => string;

const shows: Readonly<Record<string, Show>> = {
  decimal: amountText,
  "local-timestamp-micros": localText,
  "timestamp-micros": (micros) => `${localText(micros)}Z`,
};

const known = new WeakMap<Type, ReadonlyMap<string, Show>>();

/** A record as people read it: amounts with their point, times as ISO has them. */
export function readable(type: Type, value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const fields = known.get(type) ?? showsOf(type);
  known.set(type, fields);
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, typeof each === "number" ? (fields.get(name)?.(each) ?? each) : each]),
  );
}

function showsOf(type: Type): ReadonlyMap<string, Show> {
  const { fields = [] } = schemaOf(type) as { readonly fields?: readonly { readonly name: string; readonly type: unknown }[] };
  const kinds = fields.map((field) => [field.name, logicalType(field.type)] as const);
  return new Map(kinds.flatMap(([name, kind]) => (kind !== undefined && shows[kind] ? [[name, shows[kind]] as const] : [])));
}

function logicalType(schema: unknown): string | undefined {
  if (Array.isArray(schema)) return schema.map(logicalType).find((kind) => kind !== undefined);
  return typeof schema === "object" && schema !== null ? (schema as { logicalType?: string }).logicalType : undefined;
}
