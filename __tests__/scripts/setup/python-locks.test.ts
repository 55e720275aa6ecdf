import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const folder = join(resolve(__dirname, "../../.."), "pipelines", "environments");
const names = readdirSync(folder)
  .filter((name) => name.endsWith(".in"))
  .map((name) => name.slice(0, -".in".length));
const read = (name: string): string => readFileSync(join(folder, name), "utf8");

/** The requirements of a lock, each with its hashes: continued lines joined, comments left out. */
const requirements = (lock: string): string[] =>
  lock
    .replaceAll("\\\n", " ")
    .split("\n")
    .filter((line) => line.trim() !== "" && !/^\s*#/.test(line));

test("there are the environments that set-up makes", () => {
  expect(names.sort()).toEqual([
    "bench",
    "composer",
    "data",
    "emulators",
    "flink",
    "googlesql",
    "lakehouse",
    "orchestration",
    "spark",
    "terraform",
    "uv",
  ]);
});

describe.each(names)("%s.lock", (name) => {
  const lock = read(`${name}.lock`);

  test("pins every package, with hashes", () => {
    const loose = requirements(lock).filter(
      (line) => !/^[a-z0-9-]+(\[[a-z,]+\])?==\S+( ; [^\\]*?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*$/.test(line),
    );
    expect(loose).toEqual([]);
    expect(requirements(lock).length).toBeGreaterThan(0);
  });

  test("names no address and no folder", () => {
    expect(lock).not.toMatch(/:\/\/|--(extra-)?index-url|--find-links|^-e|@ file/m);
  });

  test("holds what its .in file asks for", () => {
    const asked = read(`${name}.in`)
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => line.replace(/\[.*\]/, ""));
    const pinned = new Set(requirements(lock).map((line) => line.split(/[\s;[]/)[0]));
    expect(asked.filter((line) => !pinned.has(line))).toEqual([]);
  });
});
