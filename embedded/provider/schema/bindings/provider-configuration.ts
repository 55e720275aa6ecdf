import type { Attribute, Block, NestedBlock } from "../schema";
import type { BindingSource } from "./binding-source";
import { hclAttributes, hclFunctionOf, hclType } from "./hcl-attributes";

/** A provider's own configuration: its class has no getters, so everything comes from the code that writes HCL; all of it is optional. */
export function providerConfiguration(source: BindingSource): Block {
  return blockOf(source, "synthesizeHclAttributes");
}

function blockOf(source: BindingSource, hclFunction: string): Block {
  const attributes: Record<string, Attribute> = {};
  const blocks: Record<string, NestedBlock> = {};
  for (const entry of hclAttributes(source.text, hclFunction)) {
    if (!entry.isBlock) attributes[entry.name] = { type: hclType(entry), optional: true };
    else {
      blocks[entry.name] = {
        nesting: entry.form === "set" ? "set" : "list",
        ...(!entry.value.includes("listMapper") && { maxItems: 1 }),
        block: blockOf(source, hclFunctionOf(entry.storage.replace(/List$/, ""))),
      };
    }
  }
  delete attributes.alias; // Terraform's own, not the provider's
  return { attributes, blocks };
}
