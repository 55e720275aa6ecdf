/** A type in cty's JSON notation: `"string"`, `["list", "number"]`, `["object", {"name": "string"}]`, … */
export type CtyType = string | readonly [kind: string, of: CtyType | Readonly<Record<string, CtyType>>];

export interface Attribute {
  readonly type: CtyType;
  readonly required?: true;
  readonly optional?: true;
  readonly computed?: true;
  readonly sensitive?: true;
}

export interface NestedBlock {
  readonly nesting: "single" | "list" | "set";
  readonly minItems?: number;
  readonly maxItems?: number;
  /** The cloud fills the block in when the configuration has none. */
  readonly computed?: true;
  readonly block: Block;
}

/** Attributes and nested blocks of a resource, a block or a provider's configuration. */
export interface Block {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly blocks: Readonly<Record<string, NestedBlock>>;
}

/** A provider, as the npm bindings name it. */
export interface BoundProvider {
  /** `google` */
  readonly name: string;
  /** Address without the registry's host: `hashicorp/google`. */
  readonly source: string;
  /** The version that the bindings were made from. */
  readonly version: string;
}

/** What one provider announces to Terraform. */
export interface ProviderSchema extends BoundProvider {
  readonly configuration: Block;
  /** By Terraform type. */
  readonly resources: Readonly<Record<string, Block>>;
}
