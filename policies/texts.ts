import type { Json } from "./resource-view";

/** A text somewhere in a resource's arguments. */
export interface Text {
  /** Names on the way to it, without positions in lists: `["template", "containers", "env", "value"]`. */
  readonly path: readonly string[];
  readonly value: string;
  /** The block that holds it, or the arguments themselves. */
  readonly block: Readonly<Record<string, Json>>;
}

/** All texts in a resource's arguments. */
export function textsIn(block: Readonly<Record<string, Json>>, path: readonly string[] = []): Text[] {
  const within = (value: Json, at: readonly string[]): Text[] => {
    if (typeof value === "string") return [{ path: at, value, block }];
    if (Array.isArray(value)) return (value as readonly Json[]).flatMap((one) => within(one, at));
    return value !== null && typeof value === "object" ? textsIn(value as Readonly<Record<string, Json>>, at) : [];
  };
  return Object.entries(block).flatMap(([name, value]) => within(value, [...path, name]));
}
