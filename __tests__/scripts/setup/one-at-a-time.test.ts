import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Sandbox, ended, until } from "./sandbox";

jest.setTimeout(60_000); // many processes, on machines that do other things too

const sandbox = new Sandbox();
const file = join(sandbox.root, "setup.lock");
const take = (then: string, patience = 20): string => `
  const { takeLock } = await load("setup/one-at-a-time.mjs");
  const giveBack = await takeLock(${JSON.stringify(file)}, (pid) => console.log("waits for " + pid), ${patience});
  ${then}`;

afterAll(() => sandbox.remove());

test("it is taken, names its holder, and is given back", async () => {
  const holder = sandbox.start(take(`console.log((await import("node:fs")).readFileSync(${JSON.stringify(file)}, "utf8")); giveBack();`));
  const { output } = await ended(holder);
  expect(JSON.parse(output)).toMatchObject({ pid: holder.pid });
  expect(existsSync(file)).toBe(false);
});

test("a second one waits for the first, and says so", async () => {
  const go = join(sandbox.root, "go");
  const first = sandbox.start(
    take(`while (!(await import("node:fs")).existsSync(${JSON.stringify(go)})) await new Promise((r) => setTimeout(r, 10)); giveBack();`),
  );
  await until("the first holds the lock", () => existsSync(file));
  const second = sandbox.start(take(`console.log("has it"); giveBack();`));
  const end = ended(second);
  const said = new Promise<string>((resolve) => second.stdout!.once("data", (chunk) => resolve(String(chunk))));

  expect(await said).toBe(`waits for ${first.pid}\n`);
  writeFileSync(go, "");

  expect((await end).output).toBe(`waits for ${first.pid}\nhas it\n`);
});

test("what a dead one held is taken over", async () => {
  const dead = sandbox.start("");
  await ended(dead);
  writeFileSync(file, JSON.stringify({ pid: dead.pid }));

  expect((await ended(sandbox.start(take(`console.log("has it"); giveBack();`)))).output).toBe("has it\n");
});

test("patience ends with the holder's name", async () => {
  writeFileSync(file, JSON.stringify({ pid: process.pid }));
  const { code, output } = await ended(sandbox.start(take("", 0)));
  expect(code).not.toBe(0);
  expect(output).toContain(`Another set-up (process ${process.pid}) has been holding`);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({ pid: process.pid });
  writeFileSync(file, "{}");
});

test("of many that find a dead holder, one at a time has the lock", async () => {
  const dead = sandbox.start("");
  await ended(dead);
  writeFileSync(file, JSON.stringify({ pid: dead.pid }));
  const log = join(sandbox.root, "log");
  const note = (what: string): string => `(await import("node:fs")).appendFileSync(${JSON.stringify(log)}, "${what} ");`;
  const body = take(`${note("in")} await new Promise((r) => setTimeout(r, 20)); ${note("out")} giveBack();`);

  await Promise.all(Array.from({ length: 6 }, () => ended(sandbox.start(body))));

  expect(readFileSync(log, "utf8")).toBe("in out ".repeat(6));
});
