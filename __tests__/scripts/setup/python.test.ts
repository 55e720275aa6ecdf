import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Sandbox } from "./sandbox";

jest.setTimeout(60_000); // many processes, on machines that do other things too

const sandbox = new Sandbox();
const folder = join(sandbox.root, "bin");

afterAll(() => sandbox.remove());

/** A program that stands for a Python: it answers with what a real one would print. */
function program(name: string, ...lines: string[]): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${lines.join("\n")}\n`);
  chmodSync(file, 0o755);
  return file;
}

const python = (name: string, version: string): string => program(name, `echo ${version}`, `echo ${join(folder, name)}`);

const search = (...candidates: string[]): any =>
  sandbox.evaluate(`
    const { searchPython } = await load("setup/python.mjs");
    try { return searchPython(${JSON.stringify(candidates)}); } catch (error) { return error.name + ": " + error.message; }`);

test("the first that is new enough", () => {
  const found = search(python("python3.9", "3.9.2"), python("python3.11", "3.11.0"), python("python3.12", "3.12.1"));
  expect(found).toEqual({ version: "3.11.0", executable: join(folder, "python3.11") });
});

test("3.9 isn't newer than 3.11", () => {
  expect(search(python("python3", "3.9.18"))).toBe(
    `Failure: Python 3.11 or newer is needed (found: ${join(folder, "python3")} is 3.9.18).`,
  );
});

test("a shim without a Python behind it is passed over", () => {
  const shim = program("shim", "echo no such version >&2", "exit 127");
  const silent = program("silent", "exit 0");
  expect(search(shim, silent, join(folder, "absent"), python("python3.13", "3.13.0")).version).toBe("3.13.0");
});

test("none at all", () => {
  expect(search(join(folder, "absent"))).toMatch(/^Failure: Python 3.11 or newer is needed \(none of .*absent answered\)/);
});

test("it is kept, whatever another shell's PATH says", () => {
  const find = (path: string): any =>
    sandbox.evaluate(`const { findPython } = await load("setup/python.mjs"); return findPython().version;`, { PATH: path, PYTHON: "" });
  python("python3.13", "3.13.0");
  expect(find(`${folder}:/usr/bin:/bin`)).toBe("3.13.0");
  expect(find("/usr/bin:/bin")).toBe("3.13.0");
});

describe("versions", () => {
  test.each([
    ["Terraform v1.11.4\non linux_amd64", [1, 11, 4]],
    ["OpenTofu v1.9", [1, 9, 0]],
    ["no version", null],
  ])("%s", (text, version) => {
    expect(
      sandbox.evaluate(`const { parseVersion } = await load("setup/version.mjs"); return parseVersion(${JSON.stringify(text)}) ?? null;`),
    ).toEqual(version);
  });

  test.each([
    [[1, 10, 0], [1, 5], true],
    [[1, 5, 0], [1, 5], true],
    [[1, 4, 9], [1, 5], false],
    [[0, 15, 0], [1, 5], false],
    [[2, 0, 0], [1, 5], true],
  ])("%j is at least %j: %s", (version, oldest, fits) => {
    const code = `const { atLeast } = await load("setup/version.mjs"); return atLeast(${JSON.stringify(version)}, ${JSON.stringify(oldest)});`;
    expect(sandbox.evaluate(code)).toBe(fits);
  });
});
