import { TerraformStack, Testing } from "cdktf";
import * as fs from "node:fs";
import * as path from "node:path";
import { extractSchema } from "../../embedded/provider/schema/bindings/extract-schema";
import type { Block } from "../../embedded/provider/schema/schema";
import { allRules } from "../../policies";
import { ResourceView } from "../../policies/resource-view";
import { typePattern } from "../../policies/rule";
import { StackView } from "../../policies/stack-view";
import { cases } from "./cases";

const bindings = (provider: string) => path.resolve(__dirname, "../../node_modules/@cdktf", `provider-${provider}`);
const typesOf = (provider: string) =>
  fs
    .readdirSync(path.join(bindings(provider), "lib"))
    .filter((folder) => !/^data-|^provider$|\./.test(folder))
    .map((folder) => `${provider}_${folder.replaceAll("-", "_")}`);
const allTypes = ["google", "docker"].flatMap(typesOf);

const schemas = new Map<string, Block>();
function schemaOf(type: string): Block {
  const [provider = ""] = type.split("_");
  const schema = schemas.get(type) ?? extractSchema(bindings(provider), [type]).resources[type]!;
  schemas.set(type, schema);
  return schema;
}

function has({ attributes, blocks }: Block, [name = "", ...rest]: readonly string[]): boolean {
  const nested = blocks[name];
  return nested === undefined ? name in attributes && rest.length === 0 : rest.length === 0 || has(nested.block, rest);
}

const reads = allRules.flatMap((rule) => Object.entries(rule.reads).map(([type, paths]) => [rule.id, type, paths] as const));

test.each(reads)("%s: the providers have %s with what is read of it", (_, type, paths) => {
  const matching = allTypes.filter((one) => typePattern([type]).test(one));

  expect(matching).not.toEqual([]);
  // Of a type with a `*`, each attribute must be somewhere; of a named type, there.
  expect(paths.filter((read) => !matching.some((one) => has(schemaOf(one), read.split("."))))).toEqual([]);
});

test.each(allRules.map((rule) => [rule.id, rule] as const))("%s reads nothing that it doesn't name", (id, rule) => {
  const read = new Set<string>();
  const values = jest.spyOn(ResourceView.prototype, "values").mockImplementation(function (this: ResourceView, at: string) {
    read.add(`${this.type} ${at}`);
    return original.call(this, at);
  });
  for (const { build, options } of Object.values(cases[id]!)) {
    const stack = new TerraformStack(Testing.app(), "test");
    build(stack);
    rule.check(new StackView(stack), options ?? {});
  }
  values.mockRestore();

  const named = [...read].filter((one) => {
    const [type = "", at = ""] = one.split(" ");
    const paths = Object.entries(rule.reads).flatMap(([pattern, all]) => (typePattern([pattern]).test(type) ? all : []));
    // `lifecycle` is Terraform's own; a block is read as a whole where something in it is named.
    return !at.startsWith("lifecycle.") && !paths.some((path) => path === at || path.startsWith(`${at}.`));
  });
  expect(named).toEqual([]);
});

const original = ResourceView.prototype.values;
