import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { TerraformStack } from "cdktf";
import type { Environment } from "../../constructs/environment/environment";
import { dev, synth } from "./synth";

const folder = resolve(__dirname, "../../constructs");
const parts = readdirSync(folder);
const examples = parts.flatMap((part) =>
  readdirSync(join(folder, part))
    .filter((file) => /^example.*\.ts$/.test(file))
    .map((file) => ({ part, file })),
);

/** tsc, which is part of the tests, compiles the examples as it does every other file. */
test.each(examples)("the example $part/$file synthesises, and its README shows it", async ({ part, file }) => {
  const { example } = (await import(join(folder, part, file))) as { example: (stack: TerraformStack, environment: Environment) => void };

  const json = synth((stack) => {
    example(stack, dev);
  });

  expect(Object.keys(json.resource ?? {})).not.toEqual([]);
  expect(readFileSync(join(folder, part, "README.md"), "utf8")).toContain(readFileSync(join(folder, part, file), "utf8").trimEnd());
});

test.each(parts)("%s has a README", (part) => {
  expect(existsSync(join(folder, part, "README.md"))).toBe(true);
});
