import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

/** A block or attribute as it is synthesised: a text, number or boolean, a list, or an object of such. */
export type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [name: string]: Json };

/** Arguments by Terraform's names. */
export type Block = Readonly<Record<string, Json>>;

/** Where a resource stands in what is synthesised: `resource.<type>.<id>`. */
export interface Address {
  readonly type: string;
  readonly id: string;
}

/** One resource as Terraform will read it. */
export class ResourceView {
  /** Terraform type, e.g. `google_storage_bucket`. */
  public readonly type: string;

  /** Id that references name: `${google_storage_bucket.<id>.name}`. */
  public readonly id: string;

  /**
   * @param construct What made it; the stack, where an override of the stack did.
   * @param attributes Its arguments; references to other resources stay texts such as `${google_x.y.name}`.
   */
  constructor(
    public readonly construct: IConstruct,
    { type, id }: Address,
    public readonly attributes: Block,
  ) {
    this.type = type;
    this.id = id;
  }

  /** Path in the construct tree, e.g. `dev/lake/raw/bucket`. */
  public get path(): string {
    const { path } = this.construct.node;
    return TerraformStack.isStack(this.construct) ? `${path}/${this.id}` : path;
  }

  /** All values at a dotted path, whether the blocks on the way are single or lists: `network_interface.network`. */
  public values(path: string): Json[] {
    return path.split(".").reduce<Json[]>((found, name) => found.flatMap((one) => member(one, name)), [this.attributes]);
  }

  /** The first value at a dotted path. */
  public value(path: string): Json {
    return this.values(path)[0];
  }

  /** The texts at a dotted path, out of lists as well. */
  public texts(path: string): string[] {
    return this.values(path).filter((value) => typeof value === "string");
  }

  /** The blocks at a dotted path, one or many. */
  public blocks(path: string): Block[] {
    return this.values(path).filter((value): value is Block => typeof value === "object");
  }

  /** Whether there is anything at a dotted path: a value, or a block, be it empty. */
  public has(path: string): boolean {
    return this.values(path).length > 0;
  }
}

/** Whether a value is known only when Terraform runs: no rule judges what it can't see. */
export function isReference(value: Json): boolean {
  return typeof value === "string" && value.includes("${");
}

function member(value: Json, name: string): Json[] {
  if (value === null || typeof value !== "object") return [];
  const found = (value as Block)[name];
  if (found === undefined || found === null) return [];
  return Array.isArray(found) ? (found as Json[]) : [found];
}
