import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Sandbox } from "./sandbox";

jest.setTimeout(60_000); // many processes, on machines that do other things too

const sandbox = new Sandbox();
const at = (...path: string[]): string => join(sandbox.root, ...path);

afterAll(() => sandbox.remove());

function write(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

// Stands for uv, which would ask the network: notes its arguments, and lays out an environment as uv does.
beforeAll(() => {
  write(
    at(".embedded/tools/uv/bin/uv"),
    `#!/bin/sh
echo "$@" >> ${at("calls")}
[ -e ${at("fail")} ] && [ "$1" = pip ] && exit 1
[ "$1" = venv ] && mkdir -p ${at(".embedded/python/data/bin")} ${at(".embedded/python/data/lib/python3.12/site-packages")} && touch ${at(".embedded/python/data/bin/python")}
exit 0
`,
  );
  chmodSync(at(".embedded/tools/uv/bin/uv"), 0o755);
});

beforeEach(() => {
  write(at("pipelines/environments/data.lock"), "duckdb==1.5.5");
  rmSync(at("calls"), { force: true });
  rmSync(at("fail"), { force: true });
});

function make(version = "3.12.1"): any {
  return sandbox.evaluate(`
    const { pythonEnvironment } = await load("setup/steps/python-environment.mjs");
    const step = pythonEnvironment("data", { sources: ["pipelines/ingest/src"], newest: [3, 13] });
    const context = { python: { executable: "/usr/bin/python3.12", version: ${JSON.stringify(version)} } };
    const wasDone = step.isDone(context);
    let failed = false;
    await step.run(context).catch(() => (failed = true));
    return { wasDone, failed, isDone: step.isDone(context) };`);
}
const calls = (): string[] => readFileSync(at("calls"), "utf8").trimEnd().split("\n");

test("made from the lock, with hashes, and with our own packages importable from where they lie", () => {
  expect(make()).toEqual({ wasDone: false, failed: false, isDone: true });
  expect(calls()[0]).toMatch(/^venv .*--python \/usr\/bin\/python3\.12 /);
  expect(calls()[1]).toMatch(/^pip sync --require-hashes .*pipelines\/environments\/data\.lock$/);
  expect(readFileSync(at(".embedded/python/data/lib/python3.12/site-packages/project.pth"), "utf8")).toBe(
    `${at("pipelines/ingest/src")}\n`,
  );
});

test("another lock makes it stale", () => {
  make();
  expect(make()).toMatchObject({ wasDone: true });
  write(at("pipelines/environments/data.lock"), "duckdb==1.5.6");
  expect(make()).toMatchObject({ wasDone: false });
});

test("a failed repetition isn't taken for the finished one before", () => {
  make();
  write(at("fail"), "");
  expect(make()).toEqual({ wasDone: true, failed: true, isDone: false });
});

test("a Python newer than the packages declare themselves for: uv is asked for another", () => {
  make("3.13.9");
  expect(calls()[0]).toContain("--python /usr/bin/python3.12 ");
  rmSync(at("calls"));
  make("3.14.0");
  expect(calls()[0]).toContain("--python 3.13 ");
});
