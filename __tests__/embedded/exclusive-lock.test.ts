import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { withLock } from "../../embedded/exclusive-lock";

jest.setTimeout(60_000);

const root = resolve(__dirname, "../..");
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
const holder = (more: object) => JSON.stringify({ pid: process.ppid, command: "dbt build", since: "2024-01-01T00:00:00Z", ...more });

test("names its holder while it is held, and is gone after, even when the work fails", async () => {
  await withLock(file, options, () => {
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ pid: process.pid, command: "test" });
    return Promise.resolve();
  });
  await expect(withLock(file, options, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(existsSync(file)).toBe(false);
});

test("a living holder is named when the deadline has passed", async () => {
  writeFileSync(file, holder({}));

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
  writeFileSync(file, holder({ pid: dead.pid }));

  await expect(withLock(file, options, () => Promise.resolve("done"))).resolves.toBe("done");
});

(process.platform === "linux" ? test : test.skip)("a number that another process bears by now does not keep the lock", async () => {
  writeFileSync(file, holder({ started: "1" }));

  await expect(withLock(file, options, () => Promise.resolve("done"))).resolves.toBe("done");
});

test("a lock that names nobody is left in peace at first, and taken over when it is old", async () => {
  writeFileSync(file, "");
  await expect(withLock(file, options, () => Promise.resolve())).rejects.toThrow(/which names nobody/);

  utimesSync(file, 0, 0);
  await expect(withLock(file, options, () => Promise.resolve("done"))).resolves.toBe("done");
});

test("waiting ends with the signal", async () => {
  writeFileSync(file, holder({}));
  const controller = new AbortController();
  const waiting = withLock(file, { ...options, deadline: 60_000, onWait: () => { controller.abort(); }, signal: controller.signal }, () => Promise.resolve()); // prettier-ignore

  await expect(waiting).rejects.toThrow(/aborted/);
});

test("of many processes that find a dead holder's lock, each works alone", async () => {
  const dead = spawn(process.execPath, ["-e", ""]);
  await once(dead, "exit");
  writeFileSync(file, holder({ pid: dead.pid }));
  const log = join(folder, "log");
  // Each notes its begin and end; under one lock the notes come in pairs.
  const program = `
    import { appendFileSync } from "node:fs";
    import { withLock } from ${JSON.stringify(join(root, "embedded/exclusive-lock.ts"))};
    const note = (what) => appendFileSync(${JSON.stringify(log)}, what + " " + process.pid + "\\n");
    for (let turn = 0; turn < 5; turn++)
      await withLock(${JSON.stringify(file)}, { what: "It", command: "test", deadline: 30000 }, async () => {
        note("begin");
        await new Promise((done) => setImmediate(done));
        note("end");
      });`;
  const script = join(folder, "program.mts");
  writeFileSync(script, program);
  const children: ChildProcess[] = Array.from({ length: 4 }, () =>
    spawn(process.execPath, ["--import", "tsx", script], { cwd: root, stdio: "inherit", env: process.env }),
  );
  const codes = await Promise.all(children.map(async (child) => (await once(child, "exit"))[0] as number));

  expect(codes).toEqual([0, 0, 0, 0]);
  const lines = readFileSync(log, "utf8").trim().split("\n");
  expect(lines).toHaveLength(40);
  for (let i = 0; i < lines.length; i += 2) expect(lines[i + 1]).toBe(lines[i]?.replace("begin", "end"));
  expect(existsSync(file)).toBe(false);
});
