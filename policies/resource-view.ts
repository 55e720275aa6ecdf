import { DefaultTokenResolver, StringConcat, Tokenization, type TerraformResource } from "cdktf";

/** A block or attribute as it is synthesised: a text, number or boolean, a list, or an object of such. */
export type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [name: string]: Json };

/** One resource as Terraform will read it. */
export class ResourceView {
  /** Terraform type, e.g. `google_storage_bucket`. */
  public readonly type: string;

  private synthesised?: Readonly<Record<string, Json>>;

  constructor(public readonly construct: TerraformResource) {
    this.type = construct.terraformResourceType;
  }

  /** Path in the construct tree, e.g. `dev/lake/raw/bucket`. */
  public get path(): string {
    return this.construct.node.path;
  }

  /** Id that references name: `${google_storage_bucket.<id>.name}`. */
  public get id(): string {
    return this.construct.friendlyUniqueId;
  }

  /** Arguments by Terraform's names; references to other resources stay texts such as `${google_x.y.name}`. */
  public get attributes(): Readonly<Record<string, Json>> {
    return (this.synthesised ??= synthesise(this.construct));
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
  public blocks(path: string): Readonly<Record<string, Json>>[] {
    return this.values(path).filter((value): value is Readonly<Record<string, Json>> => typeof value === "object");
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
  const found = (value as Readonly<Record<string, Json>>)[name];
  if (found === undefined || found === null) return [];
  return Array.isArray(found) ? (found as Json[]) : [found];
}

function synthesise(construct: TerraformResource): Readonly<Record<string, Json>> {
  const resolver = new DefaultTokenResolver(new StringConcat());
  const { resource } = Tokenization.resolve(construct.toTerraform(), { scope: construct, resolver, preparing: false }) as {
    resource?: Record<string, Record<string, Record<string, Json>>>;
  };
  // A resource that was moved to another address isn't synthesised at its own.
  const { "//": _, ...attributes } = resource?.[construct.terraformResourceType]?.[construct.friendlyUniqueId] ?? {};
  return attributes;
}
