import type { AttributePath, Step } from "../protocol/messages";
import { blocksOf, equal, type ValueObject } from "../protocol/value";
import type { Block } from "../schema/schema";
import type { ResourceRules } from "./rules";

/** The changed attributes that force a replacement. */
export function replacedBy(schema: Block, rules: ResourceRules, prior: ValueObject, planned: ValueObject): AttributePath[] {
  const byRule = rules.replacedBy.flatMap((path) => changed(schema, path.split("."), prior, planned, []));
  const byLook = rules.alsoReplacedBy?.(prior, planned) ?? [];
  return [...byRule, ...byLook.map((name) => [{ attribute_name: name }])].map((steps) => ({ steps }));
}

function changed(block: Block, path: readonly string[], prior: ValueObject, planned: ValueObject, above: readonly Step[]): Step[][] {
  const [name = "", ...rest] = path;
  const here = [...above, { attribute_name: name }];
  const nested = block.blocks[name];
  if (nested?.nesting !== "list" || rest[0] === "*") return equal(prior[name], planned[name]) ? [] : [here];

  const [before, after] = [blocksOf(prior, name), blocksOf(planned, name)];
  if (rest.length === 0) return before.length === after.length ? [] : [here];
  return after.flatMap((element, index) => {
    const former = before[index];
    return former ? changed(nested.block, rest, former, element, [...here, { element_key_int: index }]) : [];
  });
}
