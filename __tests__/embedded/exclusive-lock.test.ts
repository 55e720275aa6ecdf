import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withLock } from "../../embedded/exclusive-lock";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lock-"));
  file = join(folder, "warehouse.lock");
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const options = { what: "The warehouse", command: "test", deadline: 300 };

test("names its holder while it is held, and is gone after, even when the work fails", async () => {
  await withLock(file, options, () => {
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ pid: process.pid, command: "test" });
    return Promise.resolve();
  });
  await expect(withLock(file, options, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(existsSync(file)).toBe(false);
});

test("a living holder is named when the deadline has passed", async () => {
  writeFileSync(file, JSON.stringify({ pid: process.ppid, command: "dbt build", since: "2024-01-01T00:00:00Z" }));

  await expect(withLock(file, options, () => Promise.resolve())).rejects.toThrow(
    new RegExp(
      `The warehouse is in use by process ${String(process.ppid)} \\(dbt build, since 2024-01-01T00:00:00Z\\).\nWait until it has ended`,
    ),
  );
  expect(existsSync(file)).toBe(true);
});

test("what a killed process left behind is taken over", async () => {
  const dead = spawn(process.execPath, ["-e", ""]);
  await once(dead, "exit");
  writeFileSync(file, JSON.stringify({ pid: dead.pid, command: "killed", since: "" }));

  await expect(withLock(file, options, () => Promise.resolve("done"))).resolves.toBe("done");
});

test("two at once work one after the other", async () => {
  const order: string[] = [];
  const work = (name: string) => async () => {
    order.push(`${name} begins`);
    await new Promise(setImmediate);
    order.push(`${name} ends`);
  };

  await Promise.all([
    withLock(file, { ...options, deadline: 5000 }, work("one")),
    withLock(file, { ...options, deadline: 5000 }, work("other")),
  ]);

  expect(order).toEqual(["one begins", "one ends", "other begins", "other ends"]);
});
