import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Sandbox, ended, until } from "./sandbox";

jest.setTimeout(60_000); // many processes, on machines that do other things too

let sandbox: Sandbox;

beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.remove());

/** Sets up with steps a, b (needs a), c; each runs a shell command and then is done. Prints the steps that ran. */
const setUp = (commands: Record<string, string>): string => `
  const { existsSync, writeFileSync, mkdirSync } = await import("node:fs");
  const { setUp } = await load("setup/set-up.mjs");
  const { runTool } = await load("setup/tool.mjs");
  const { report } = await load("setup/failure.mjs");
  const needs = { a: [], b: ["a"], c: [] };
  const steps = Object.entries(${JSON.stringify(commands)}).map(([name, command]) => ({
    name, title: "step " + name, needs: needs[name],
    isDone: () => existsSync(name + ".done"),
    run: async () => { await runTool(name, "sh", ["-c", command]); writeFileSync(name + ".done", ""); },
  }));
  try {
    console.log("something to do: " + (await setUp(steps)));
  } catch (error) {
    report(error);
    process.exitCode = 1;
  }`;

const isDone = (step: string): boolean => existsSync(join(sandbox.root, `${step}.done`));
const run = (commands: Record<string, string>) => ended(sandbox.start(setUp(commands)));
const ok = { a: "true", b: "true", c: "true" };

test("all steps, a line each", async () => {
  const { code, output } = await run(ok);
  expect(code).toBe(0);
  expect(output).toMatch(/^Setting up \(3 of 3 steps/);
  for (const step of ["a", "b", "c"]) expect(output).toMatch(new RegExp(`done +step ${step} +\\d+\\.\\d s`));
  expect(output).toMatch(/Ready in \d+\.\d s\n/);
});

test("nothing to do: no word", async () => {
  await run(ok);
  expect(await run(ok)).toMatchObject({ code: 0, output: "something to do: false\n" });
});

test("independent steps run side by side", async () => {
  // Each waits for the other's sign.
  const { code } = await run({
    a: "touch a.sign; until [ -e c.sign ]; do sleep 0.02; done",
    c: "touch c.sign; until [ -e a.sign ]; do sleep 0.02; done",
  });
  expect(code).toBe(0);
});

test("a failure: what needs it isn't begun, the others end, and only the unfinished are repeated", async () => {
  const failed = await run({ ...ok, a: "seq 1 30; echo no network >&2; exit 7" });
  expect(failed.code).toBe(1);
  expect([isDone("a"), isDone("b"), isDone("c")]).toEqual([false, false, true]);
  expect(failed.output).toContain("step a: sh ended with 7. The end of its output:\n    12\n    13\n");
  expect(failed.output).toContain("    30\n    no network\n");
  expect(failed.output).toContain(join(sandbox.root, ".embedded", "logs", "setup-a.log"));
  expect(failed.output).toContain("Set-up isn't finished: 1 of 3 steps failed.");
  expect(failed.output).not.toMatch(/\n\s+at .*:\d+/);
  expect(readFileSync(join(sandbox.root, ".embedded", "logs", "setup-a.log"), "utf8")).toContain("\n1\n2\n");

  const repeated = await run(ok);
  expect(repeated.output).toMatch(/^Setting up \(2 of 3 steps/);
  expect([isDone("a"), isDone("b")]).toEqual([true, true]);
});

test("a tool that isn't there is a failure with its name", async () => {
  const { output } = await ended(
    sandbox.start(`
      const { runTool } = await load("setup/tool.mjs");
      await runTool("a", "no-such-tool", []).catch((error) => console.log(error.message));`),
  );
  expect(output).toContain("no-such-tool ended with 127");
});

/** A tool that leaves its process id and never ends, and a child of its own that does the same. */
const endless = "echo $$ > tool.pid; sleep 60 & echo $! > child.pid; wait";
const pid = (name: string): number => Number(readFileSync(join(sandbox.root, `${name}.pid`), "utf8"));
const isRunning = (process_: number): boolean => {
  try {
    process.kill(process_, 0);
    // A dead process whose parent hasn't taken notice isn't running.
    return !existsSync("/proc") || !/^State:\s+Z/m.test(readFileSync(`/proc/${process_}/status`, "utf8"));
  } catch {
    return false;
  }
};

test.each(["SIGKILL", "SIGINT", "SIGTERM"] as const)("%s: the tools end too, and the next one begins anew", async (signal) => {
  const first = sandbox.start(setUp({ a: endless, c: "true" }));
  const end = ended(first);
  await until("the tool runs", () => existsSync(join(sandbox.root, "child.pid")) && pid("child") > 0 && isDone("c"));

  first.kill(signal);
  expect((await end).signal).toBe(signal);
  await until("the tool and its child have ended", () => !isRunning(pid("tool")) && !isRunning(pid("child")));

  const lock = join(sandbox.root, ".embedded", "setup.lock");
  expect(existsSync(lock)).toBe(signal === "SIGKILL");
  const second = await run({ a: "true", c: "true" });
  expect(second.output).toMatch(/^Setting up \(1 of 2 steps/);
  expect(existsSync(lock)).toBe(false);
});

test("two at once: the second waits, then finds nothing to do", async () => {
  const commands = { a: "touch begun; until [ -e go ]; do sleep 0.02; done" };
  const first = run(commands);
  await until("the first has begun", () => existsSync(join(sandbox.root, "begun")));
  const second = sandbox.start(setUp(commands));
  const secondEnds = ended(second);
  await new Promise((resolve) => second.stdout!.once("data", resolve));
  writeFileSync(join(sandbox.root, "go"), "");

  expect((await first).output).toContain("step a");
  expect((await secondEnds).output).toMatch(/^Another set-up \(process \d+\) is at work: waiting for it\.\nsomething to do: /);
});
