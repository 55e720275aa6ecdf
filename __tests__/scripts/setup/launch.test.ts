import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
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

test.each([["no-such-command"], ["../setup"], ["start-options"], []])("a command that isn't there: %s", (...args) => {
  const { status, stderr } = spawnSync(process.execPath, [`${scripts}/run.mjs`, ...args], { encoding: "utf8" });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^(There is no command|Name a command).*\nThere are: .*generate/);
});

// The sandbox holds no packages and no tools: what is answered there needs no set-up.
describe("before anything is set up", () => {
  const commands = readdirSync(join(scripts, "usage")).map((file) => file.replace(".txt", ""));
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/run.mjs", ...args], { cwd: sandbox.root, encoding: "utf8" });
    expect(existsSync(join(sandbox.root, ".embedded"))).toBe(false);
    return { status, stdout, stderr };
  };

  test.each(commands)("%s --help is answered", (command) => {
    const usage = readFileSync(join(scripts, "usage", `${command}.txt`), "utf8");
    expect(usage).toMatch(/^npm (start|run [a-z:]+)\b[^]*\n {2}--debug +\w[^]*\n {2}--help +this\n/);
    expect(run(command, "--help")).toEqual({ status: 0, stdout: usage, stderr: "" });
  });

  test("every command has a usage that --help prints", () => {
    const files = readdirSync(join(scripts, "commands")).map((file) => file.replace(".ts", ""));
    expect([...commands].sort()).toEqual([...files.filter((name) => name !== "start-options"), "lint"].sort());
  });

  test.each([
    [["start", "-h"], 0, "", "npm start"],
    [["start", "--hlep"], 1, "Unknown option '--hlep'", ""],
    [["start", "--data"], 1, "Option '--data <value>' argument missing", ""],
    [["start", "--synthetic=yes"], 1, "Option '--synthetic' does not take an argument", ""],
    [["start", "now"], 1, "Unexpected argument 'now'", ""],
    [["destroy", "--ye"], 1, "Unknown option '--ye'", ""],
    [["down", "everything"], 1, "Unexpected argument 'everything'", ""],
    [["sql", "-- all of it\nselect 1", "--jsn"], 1, "Unknown option '--jsn'", ""],
  ])("%j is answered", (args, status, error, output) => {
    const answer = run(...args);
    expect(answer.status).toBe(status);
    expect(answer.stderr.startsWith(error)).toBe(true);
    expect(answer.stderr.includes("npm ")).toBe(status === 1);
    expect(answer.stdout.startsWith(output)).toBe(true);
  });

  test.each([
    ["start", ["--data", "folder with blanks", "--months", "2024-01"]],
    ["status", ["dev", "--json"]],
    ["quarantine", ["explain", "--service", "yellow", "--limit=5"]],
    ["sql", ["-- all of it\nselect 1"]],
  ])("%s %j goes on to set-up", (command, args) => {
    expect(sandbox.evaluate(`return (await load("setup/usage.mjs")).answered(${JSON.stringify(command)}, ${JSON.stringify(args)})`)).toBe(
      false,
    );
  });
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
