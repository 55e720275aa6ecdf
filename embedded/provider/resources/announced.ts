import type { Attribute, Block, NestedBlock } from "../schema/schema";
import type { ResourceRules } from "./rules";

/**
 * The schema of a type as Terraform must see it: the bindings', with what the rules know of it.
 *
 * @throws Error when a rule names an attribute that the type doesn't have.
 */
export function announced(schema: Block, rules: ResourceRules): Block {
  const filled = new Set(["id", ...(rules.filledByCloud ?? [])]);
  const sensitive = new Set(rules.sensitive ?? []);
  const known = new Set<string>();
  const block = mark(schema, "", filled, sensitive, known);
  for (const path of [
    ...filled,
    ...sensitive,
    ...Object.keys(rules.defaults ?? {}),
    ...rules.replacedBy,
    ...(rules.changedByUpdate ?? []),
  ]) {
    if (!known.has(path.replace(/\.\*$/, ""))) throw new Error(`The rules of ${rules.type} name "${path}", which the type doesn't have.`);
  }
  return block;
}

function mark(block: Block, prefix: string, filled: Set<string>, sensitive: Set<string>, known: Set<string>): Block {
  const attributes = Object.entries(block.attributes).map(([name, attribute]): [string, Attribute] => {
    const path = prefix + name;
    known.add(path);
    return [
      name,
      { ...attribute, ...(filled.has(path) && attribute.optional && { computed: true }), ...(sensitive.has(path) && { sensitive: true }) },
    ];
  });
  const blocks = Object.entries(block.blocks).map(([name, nested]): [string, NestedBlock] => {
    const path = prefix + name;
    known.add(path);
    return [
      name,
      { ...nested, ...(filled.has(path) && { computed: true }), block: mark(nested.block, `${path}.`, filled, sensitive, known) },
    ];
  });
  return { attributes: Object.fromEntries(attributes), blocks: Object.fromEntries(blocks) };
}
