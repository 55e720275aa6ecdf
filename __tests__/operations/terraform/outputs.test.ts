import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { stackOutputs } from "../../../operations/terraform/outputs";
import { applyPlan, planStack, type Stack } from "../../../operations/terraform/stack";
import { temporaryFolder } from "../../embedded/provider/temporary-folder";

jest.setTimeout(60_000);

const root = temporaryFolder();
const PATH = [process.env.PATH, join(resolve(__dirname, "../../.."), ".embedded/bin")].join(delimiter);
const options = { variables: { ...process.env, PATH, CHECKPOINT_DISABLE: "1" }, signal: new AbortController().signal };

function stackOf(name: string): Stack {
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  const output = { environment: { value: "dev" }, postgres: { value: { port: 5433 } } };
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ terraform: { backend: { local: {} } }, output }));
  return { name, folder };
}

test("what a deployed stack tells is read by name", async () => {
  const stack = stackOf("deployed");
  await applyPlan(stack, await planStack(stack, options), options);
  expect(await stackOutputs(stack, options)).toEqual({ environment: "dev", postgres: { port: 5433 } });
});

test("a stack that isn't deployed says so", async () => {
  await expect(stackOutputs(stackOf("planned"), options)).rejects.toThrow('"planned" isn\'t deployed yet: npm run deploy -- planned');
});
