import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const scripts = resolve(__dirname, "../../../constructs/machine/start-up");
const PATH = `/usr/sbin:/sbin:${process.env.PATH ?? ""}`;
const tools = ["blkid", "wipefs", "mkfs.ext4"];
const missing = tools.filter((tool) => spawnSync("which", [tool], { env: { PATH } }).status !== 0);
if (missing.length > 0) console.warn(`The mounting of data disks wasn't tried: ${missing.join(", ")} not here.`);
const withTools = missing.length === 0 ? test : test.skip;

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "start-up-"));
  mkdirSync(join(folder, "bin"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A program that only notes how it is called, and ends with the code. */
function standIn(name: string, code = 0): void {
  const file = join(folder, "bin", name);
  writeFileSync(file, `#!/bin/bash\necho "${name} $*" >> "${folder}/calls"\nexit ${String(code)}\n`);
  chmodSync(file, 0o755);
}
const calls = (): string[] => (existsSync(join(folder, "calls")) ? readFileSync(join(folder, "calls"), "utf8").trim().split("\n") : []);
const environment = (): NodeJS.ProcessEnv => ({ PATH: `${join(folder, "bin")}:${PATH}`, ROOT: folder });
const script = (...lines: string[]): string => ["set -euo pipefail", ...lines].join("\n");

describe("the data disk", () => {
  const disk = () => join(folder, "disk");
  const outside = (tool: string, ...args: string[]) => spawnSync(tool, args, { env: { PATH }, encoding: "utf8" });
  const uuid = (): string => outside("blkid", "-p", "-o", "value", "-s", "UUID", disk()).stdout.trim();
  function mount(): { status: number | null; stderr: string } {
    // Mounting is root's.
    standIn("mountpoint", 1);
    standIn("mount");
    standIn("resize2fs");
    const text = script(`DATA_DEVICE='${disk()}'`, `DATA_MOUNT='${join(folder, "data")}'`, `. '${join(scripts, "mount-data-disk.sh")}'`);
    return spawnSync("bash", ["-c", text], { env: environment(), encoding: "utf8" });
  }
  beforeEach(() => {
    writeFileSync(disk(), "");
    truncateSync(disk(), 64 * 1024 * 1024);
  });

  withTools("a new one gets a file system, and keeps it", () => {
    expect(mount().status).toBe(0);
    const made = uuid();
    expect(made).toMatch(/^[0-9a-f-]{36}$/);

    expect(mount().status).toBe(0);
    expect(uuid()).toBe(made);
    expect(calls().filter((call) => call.startsWith("mount "))).toHaveLength(2);
  });

  // 2 is nothing found, which is also what it says of what it can't read; 4 is another trouble, 8 more than one thing found.
  (missing.length === 0 ? test : test.skip).each([2, 4, 8])("one with data of which blkid says %i is left as it is", (code) => {
    mount();
    const before = readFileSync(disk());
    writeFileSync(join(folder, "calls"), "");
    standIn("blkid", code);

    const { status, stderr } = mount();

    expect(status).toBe(1);
    expect(stderr).toMatch(/holds something that isn't known, or can't be read: it is left as it is/);
    expect(readFileSync(disk()).equals(before)).toBe(true);
    expect(calls().filter((call) => call.startsWith("mount "))).toEqual([]);
  });

  withTools("one with data that nobody knows isn't formatted", () => {
    writeFileSync(disk(), Buffer.concat([Buffer.alloc(5_000), Buffer.from("somebody's"), Buffer.alloc(20_000_000)]));
    const before = readFileSync(disk());

    expect(mount().status).toBe(1);
    expect(readFileSync(disk()).equals(before)).toBe(true);
  });

  withTools("one with a table of partitions isn't formatted either, though it has no file system of its own", () => {
    const table = Buffer.alloc(64 * 1024 * 1024);
    table.set([0, 0, 0, 0, 0x83, 0, 0, 0, 0, 8, 0, 0, 0, 8, 0, 0], 446);
    table.set([0x55, 0xaa], 510);
    writeFileSync(disk(), table);

    mount();

    expect(readFileSync(disk()).equals(table)).toBe(true);
  });

  withTools("without a disk nothing is made, and the script says so", () => {
    rmSync(disk());
    const { status, stderr } = mount();
    expect(status).toBe(1);
    expect(stderr).toContain(`there is no ${disk()}`);
    expect(existsSync(disk())).toBe(false);
  });
});

describe("the script is run until it has ended well", () => {
  const preamble = `. '${join(scripts, "run-until-done.sh")}'`;
  const run = (...lines: string[]) => {
    standIn("systemctl");
    return spawnSync("bash", ["-c", script(preamble, ...lines)], { env: environment(), encoding: "utf8" });
  };

  test("the timer is started before anything else, and stopped in the end", () => {
    expect(run(`echo "the script" >> '${folder}/calls'`).status).toBe(0);
    expect(calls()).toEqual([
      "systemctl daemon-reload",
      "systemctl restart start-up-again.timer",
      "the script",
      "systemctl stop start-up-again.timer",
    ]);
    expect(readFileSync(join(folder, "etc/systemd/system/start-up-again.service"), "utf8")).toContain(
      "\nExecStart=/usr/bin/google_metadata_script_runner startup\n",
    );
  });

  test("one that fails leaves the timer running, and its own code", () => {
    const { status, stderr } = run("(exit 7)");
    expect(status).toBe(7);
    expect(stderr).toContain("ended with 7, and is run again in 5 minutes");
    expect(calls().at(-1)).toBe("systemctl restart start-up-again.timer");
  });

  test("one run waits for the other", async () => {
    standIn("systemctl");
    const note = (what: string) => `echo ${what} >> '${folder}/calls'`;
    const first = spawn("bash", ["-c", script(preamble, note("first began"), "read -r", note("first ended"))], { env: environment() });
    while (!calls().includes("first began")) await new Promise((again) => setTimeout(again, 20));
    const second = spawn("bash", ["-c", script(note("second began"), preamble, note("second works"))], { env: environment() });
    while (!calls().includes("second began")) await new Promise((again) => setTimeout(again, 20));
    const ends = [once(first, "close"), once(second, "close")];
    first.stdin.write("go on\n");
    await Promise.all(ends);

    const order = calls().filter((call) => !call.startsWith("systemctl"));
    expect(order.indexOf("second works")).toBeGreaterThan(order.indexOf("first ended"));
  });
});
