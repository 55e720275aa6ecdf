import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Sandbox } from "./sandbox";

jest.setTimeout(60_000); // many processes, on machines that do other things too

const sandbox = new Sandbox();
const made = join(sandbox.root, "made");
const input = join(sandbox.root, "inputs", "lock");

afterAll(() => sandbox.remove());

beforeEach(() => {
  mkdirSync(join(input, ".."), { recursive: true });
  writeFileSync(input, "one==1");
  mkdirSync(made, { recursive: true });
  stamp(`writeStamp(file, print)`);
});

/** Runs code with `file`, a stamp, and `print`, the fingerprint of the inputs as they are now. */
function stamp(code: string, texts = ["3.11.2"]): any {
  return sandbox.evaluate(`
    const { fingerprint, isCurrent, removeStamp, writeStamp } = await load("setup/stamp.mjs");
    const file = ${JSON.stringify(join(sandbox.root, "stamps", "step"))};
    const print = fingerprint({ texts: ${JSON.stringify(texts)}, files: [${JSON.stringify(join(input, ".."))}] });
    return (${code}) ?? null;`);
}

const isCurrent = (texts?: string[]): boolean => stamp(`isCurrent(file, print, [${JSON.stringify(made)}])`, texts);

test("a finished step is current as long as nothing changes", () => {
  expect(isCurrent()).toBe(true);
});

test("changed content of an input makes it stale", () => {
  writeFileSync(input, "one==2");
  expect(isCurrent()).toBe(false);
});

test("a new file in an input folder makes it stale", () => {
  writeFileSync(`${input}-of-more`, "");
  expect(isCurrent()).toBe(false);
  rmSync(`${input}-of-more`);
});

test("another version makes it stale", () => {
  expect(isCurrent(["3.12.1"])).toBe(false);
});

test("texts don't run into each other", () => {
  const prints = sandbox.evaluate(`
    const { fingerprint } = await load("setup/stamp.mjs");
    return [["ab", "c"], ["a", "bc"]].map((texts) => fingerprint({ texts }));`);
  expect(prints[0]).not.toBe(prints[1]);
});

test("what it made must still be there", () => {
  rmSync(made, { recursive: true });
  expect(isCurrent()).toBe(false);
});

test("a step that was begun again and killed is stale", () => {
  stamp(`removeStamp(file)`);
  expect(isCurrent()).toBe(false);
});
