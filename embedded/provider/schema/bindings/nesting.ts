import type { Block, NestedBlock } from "../schema";
import type { BindingSource } from "./binding-source";
import { hclAttributes, hclFunctionOf } from "./hcl-attributes";

/**
 * Completes the nesting of the blocks under a class: a set of at most one and a single block look like a list of at most one in the
 * classes; only the code that writes HCL tells them apart.
 */
export function withNesting(source: BindingSource, block: Block, structClass: string, hclFunction: string): Block {
  const forms = new Map(hclAttributes(source.text, hclFunction).map(({ name, isBlock, form }) => [name, isBlock ? form : ""]));
  const blocks = Object.entries(block.blocks).map(([name, nested]): [string, NestedBlock] => {
    const child = structClass + pascalCase(name);
    const inner = withNesting(source, nested.block, child, hclFunctionOf(child));
    const form = forms.get(name);
    if (form === "struct") return [name, { nesting: "single", block: inner }];
    return [name, { ...nested, nesting: form === "set" ? "set" : nested.nesting, block: inner }];
  });
  return { attributes: block.attributes, blocks: Object.fromEntries(blocks) };
}

function pascalCase(name: string): string {
  return name.replace(/(?:^|_)(\w)/g, (_match, letter: string) => letter.toUpperCase());
}
