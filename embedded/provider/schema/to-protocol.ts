import type { BlockMessage, SchemaMessage } from "../protocol/messages";
import type { Block } from "./schema";

const NESTING = { single: 1, list: 2, set: 3 } as const;

/** A schema as the plugin protocol has it. */
export function schemaMessage(block: Block, version = 0): SchemaMessage {
  return { version, block: blockMessage(block) };
}

function blockMessage(block: Block): BlockMessage {
  return {
    attributes: Object.entries(block.attributes).map(([name, attribute]) => ({
      name,
      type: Buffer.from(JSON.stringify(attribute.type)),
      required: attribute.required ?? false,
      optional: attribute.optional ?? false,
      computed: attribute.computed ?? false,
      sensitive: attribute.sensitive ?? false,
    })),
    block_types: Object.entries(block.blocks).map(([name, nested]) => ({
      type_name: name,
      block: blockMessage(nested.block),
      nesting: NESTING[nested.nesting],
      min_items: nested.minItems ?? 0,
      max_items: nested.maxItems ?? 0,
    })),
  };
}
