import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { Sandbox, ended, until } from "./sandbox";

jest.setTimeout(60_000); // many processes, on machines that do other things too

const sandbox = new Sandbox();
const scripts = resolve(__dirname, "../../../scripts");

afterAll(() => sandbox.remove());

test("an old Node.js is refused in words", () => {
  const code = `
    Object.defineProperty(process.versions, "node", { value: "18.20.1" });
    const { requireNode } = await import(${JSON.stringify(`${scripts}/setup/require-node.mjs`)});
    requireNode();
    console.log("went on");`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", code], { encoding: "utf8" });
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(/^Node\.js 20\.19 or newer is needed/);
});

test.each([["no-such-command"], ["../setup"], []])("a command that isn't there: %s", (...args) => {
  const { status, stderr } = spawnSync(process.execPath, [`${scripts}/run.mjs`, ...args], { encoding: "utf8" });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^(There is no command|Name a command).*\nThere are: .*generate/);
});

describe("a command in the foreground", () => {
  const foreground = (command: string): string => `
    const { dieOf, runInForeground } = await load("setup/foreground.mjs");
    const { code, signal } = await runInForeground("sh", ["-c", ${JSON.stringify(command)}], { cwd: ${JSON.stringify(sandbox.root)} });
    if (signal) await dieOf(signal);
    process.exitCode = code;`;

  test("its exit code is ours", async () => {
    expect(await ended(sandbox.start(foreground("echo here; exit 3")))).toEqual({ code: 3, signal: null, output: "here\n" });
  });

  test("the signal it dies of is ours", async () => {
    expect(await ended(sandbox.start(foreground("kill -TERM $$")))).toMatchObject({ code: null, signal: "SIGTERM" });
  });

  test.each(["SIGINT", "SIGTERM"] as const)("%s reaches it, and it may end in its own way", async (signal) => {
    const sign = join(sandbox.root, `waits-${signal}`);
    const name = signal.slice("SIG".length);
    const child = sandbox.start(foreground(`trap 'echo tidied; exit 5' ${name}; touch ${sign}; for i in $(seq 1000); do sleep 0.02; done`));
    const end = ended(child);
    await until("it waits", () => existsSync(sign));
    child.kill(signal);
    expect(await end).toEqual({ code: 5, signal: null, output: "tidied\n" });
  });
});
