import type { Attribute, Block, CtyType, NestedBlock } from "../schema";
import type { BindingClass, BindingSource } from "./binding-source";

const TYPE_OF_GETTER: Readonly<Record<string, CtyType>> = {
  getStringAttribute: "string",
  getNumberAttribute: "number",
  getBooleanAttribute: "bool",
  getListAttribute: ["list", "string"],
  getNumberListAttribute: ["list", "number"],
  getStringMapAttribute: ["map", "string"],
  getNumberMapAttribute: ["map", "number"],
  getBooleanMapAttribute: ["map", "bool"],
  getAnyMapAttribute: ["map", "string"],
};
const TYPE_OF_CDKTF_CLASS: Readonly<Record<string, CtyType>> = {
  StringMap: ["map", "string"],
  NumberMap: ["map", "number"],
  BooleanMap: ["map", "bool"],
  AnyMap: ["map", "string"],
  StringMapList: ["list", ["map", "string"]],
  NumberMapList: ["list", ["map", "number"]],
};

/** Attributes and blocks of a class, and of all the classes under it. */
export function membersOf(source: BindingSource, { body }: BindingClass): Block {
  const attributes = simpleAttributes(body);
  const blocks: Record<string, NestedBlock> = {};
  for (const member of complexMembers(body)) {
    const cdktfType = TYPE_OF_CDKTF_CLASS[member.className.replace("cdktf.", "")];
    if (cdktfType) {
      attributes[member.name] = { type: cdktfType, ...member.flags };
      continue;
    }
    const { base } = source.classNamed(member.className);
    const isMany = base === "ComplexList" || base === "ComplexMap";
    const element = isMany ? member.className.replace(/(List|Map)$/, "OutputReference") : member.className;
    const block = membersOf(source, source.classNamed(element));
    if (member.settable) blocks[member.name] = nestedBlock(block, member, base === "ComplexList");
    else
      attributes[member.name] = {
        type: [base === "ComplexMap" ? "map" : member.isSet ? "set" : "list", objectType(block)],
        computed: true,
      };
  }
  return { attributes, blocks };
}

interface ComplexMember {
  readonly name: string;
  readonly className: string;
  readonly isSet: boolean;
  readonly settable: boolean;
  readonly flags: Omit<Attribute, "type">;
}

/** Members that are objects: made in the constructor, below a comment with their flags. */
function complexMembers(body: string): ComplexMember[] {
  const pattern =
    /\/\/ \w+ - computed: (\w+), optional: (\w+), required: (\w+)\n\s+this\.(\w+) = new ([\w.]+)\(this, "(\w+)"(?:, (\w+))?\)/g;
  return [...body.matchAll(pattern)].map(([, computed, optional, required, field = "", className = "", name = "", isSet]) => ({
    name,
    className,
    isSet: isSet === "true",
    settable: new RegExp(`^    put\\w+\\(value\\) \\{\\n\\s+this\\.${field}\\.`, "m").test(body),
    flags: {
      ...(computed === "true" && { computed: true }),
      ...(optional === "true" && { optional: true }),
      ...(required === "true" && { required: true }),
    },
  }));
}

/** Members that are texts, numbers, booleans, lists and maps of them: a getter each; read-only without a setter, required without a reset. */
function simpleAttributes(body: string): Record<string, Attribute> {
  const attributes: Record<string, Attribute> = {};
  for (const [, property = "", expression = "", getter = "", name = ""] of body.matchAll(
    /^ {4}get (\w+)\(\) \{\n\s+return (.*this\.(\w+)\('(\w+)'\).*);/gm,
  )) {
    const listed = TYPE_OF_GETTER[getter];
    if (listed === undefined) continue;
    const type = expression.includes("Fn.tolist(") && Array.isArray(listed) ? (["set", listed[1]] as CtyType) : listed;
    const settable = new RegExp(`^    set ${property}\\(`, "m").test(body);
    const resettable = new RegExp(`^    reset${property.charAt(0).toUpperCase()}${property.slice(1)}\\(`, "m").test(body);
    attributes[name] = { type, ...(settable ? (resettable ? { optional: true } : { required: true }) : { computed: true }) };
  }
  return attributes;
}

function nestedBlock(block: Block, member: ComplexMember, isMany: boolean): NestedBlock {
  return {
    nesting: member.isSet ? "set" : "list",
    ...(member.flags.required && { minItems: 1 }),
    ...(!isMany && { maxItems: 1 }),
    block,
  };
}

function objectType(block: Block): CtyType {
  const attributes = Object.entries(block.attributes).map(([name, { type }]): [string, CtyType] => [name, type]);
  const blocks = Object.entries(block.blocks).map(([name, nested]): [string, CtyType] => {
    const element = objectType(nested.block);
    return [name, nested.nesting === "single" ? element : [nested.nesting, element]];
  });
  return ["object", Object.fromEntries([...attributes, ...blocks])];
}
