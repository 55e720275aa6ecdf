import type { Block, Json } from "./resource-view";

/** A text somewhere in a resource's arguments. */
export interface Text {
  /** Names on the way to it, without positions in lists: `["template", "containers", "env", "value"]`. */
  readonly path: readonly string[];
  readonly value: string;
  /** The block that holds it, or the arguments themselves. */
  readonly block: Block;
}

/** All texts in a resource's arguments. */
export function textsIn(block: Block, path: readonly string[] = []): Text[] {
  const within = (value: Json, at: readonly string[]): Text[] => {
    if (typeof value === "string") return [{ path: at, value, block }];
    if (Array.isArray(value)) return (value as readonly Json[]).flatMap((one) => within(one, at));
    return value !== null && typeof value === "object" ? textsIn(value as Block, at) : [];
  };
  return Object.entries(block).flatMap(([name, value]) => within(value, [...path, name]));
}

/** What is left of a text without what only Terraform knows: `"b@"` of `"${var.a}b@${jsonencode({ c = 1 })}"`. */
export function withoutReferences(text: string): string {
  let depth = 0;
  return [...text.matchAll(/\$\{|[{}]|[^${}]+|\$/g)]
    .filter(([piece]) => {
      if (piece === "${" || (depth > 0 && piece === "{")) depth += 1;
      else if (depth > 0 && piece === "}") depth -= 1;
      else return depth === 0;
      return false;
    })
    .join("");
}
