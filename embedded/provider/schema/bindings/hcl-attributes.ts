import type { CtyType } from "../schema";

/** What the code that writes HCL knows of one attribute or block. */
export interface HclAttribute {
  readonly name: string;
  readonly isBlock: boolean;
  /** `simple`, `struct` (a single block), `list`, `set` or `map`. */
  readonly form: string;
  /** `string`, `booleanMap`, or the class of a block's list. */
  readonly storage: string;
  /** Expression that renders the value. */
  readonly value: string;
}

/** The entries of the `const attrs = {…}` in the given function or method. */
export function hclAttributes(text: string, functionName: string): HclAttribute[] {
  const body = new RegExp(`\\b${functionName}\\([^\\n]*\\{\\n[\\s\\S]*?const attrs = \\{\\n([\\s\\S]*?)\\n\\s+\\};`).exec(text)?.[1] ?? "";
  const entries = body.matchAll(/^\s+(\w+): \{\n\s+value: (.*)\n\s+isBlock: (\w+),\n\s+type: "(\w+)",\n\s+storageClassType: "(\w+)"/gm);
  return [...entries].map(([, name = "", value = "", isBlock, form = "", storage = ""]) => ({
    name,
    isBlock: isBlock === "true",
    form,
    storage,
    value,
  }));
}

/** The function that writes a block's HCL, by the block's class without its ending. */
export function hclFunctionOf(structClass: string): string {
  return `${structClass.charAt(0).toLowerCase()}${structClass.slice(1)}ToHclTerraform`;
}

/** @throws Error for a storage class that stands for a block. */
export function hclType({ form, storage }: HclAttribute): CtyType {
  const element = /^(string|number|boolean)(List|Map)?$/.exec(storage)?.[1];
  if (element === undefined) throw new Error(`The npm bindings have a storage class that the extraction doesn't know: ${storage}.`);
  const type = element === "boolean" ? "bool" : element;
  return form === "simple" ? type : [form, type];
}
