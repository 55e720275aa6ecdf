import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Sandbox } from "./sandbox";

jest.setTimeout(60_000); // many processes, on machines that do other things too

const lock = JSON.parse(readFileSync(join(resolve(__dirname, "../../.."), "package-lock.json"), "utf8"));
const packages: [string, any][] = Object.entries<any>(lock.packages).filter(([path]) => path !== "");

describe("node_modules is taken as it is", () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.remove());

  const wanted = {
    packages: {
      "": { name: "trips-platform" },
      "node_modules/zod": { version: "4.6.7", integrity: "sha512-z" },
      "node_modules/esbuild-for-another-system": { version: "1.0.0", integrity: "sha512-e", optional: true },
    },
  };
  const zod = { version: "4.6.7", integrity: "sha512-z" };
  const isInstalled = (installed: object | undefined): boolean =>
    sandbox.evaluate(`
      const { isInstalled } = await load("setup/steps/npm-packages.mjs");
      return isInstalled(${JSON.stringify(wanted)}, ${JSON.stringify(installed)});`);

  test("when it matches the lock, without other systems' packages", () => {
    expect(isInstalled({ packages: { "node_modules/zod": zod } })).toBe(true);
  });

  test("not when npm hasn't finished it", () => {
    expect(isInstalled(undefined)).toBe(false);
  });

  test("not when a package is missing", () => {
    expect(isInstalled({ packages: {} })).toBe(false);
  });

  test("not with another version", () => {
    expect(isInstalled({ packages: { "node_modules/zod": { ...zod, version: "4.6.6" } } })).toBe(false);
  });

  test("not with other content", () => {
    expect(isInstalled({ packages: { "node_modules/zod": { ...zod, integrity: "sha512-y" } } })).toBe(false);
  });

  test("not with another version of an optional package", () => {
    const other = { version: "0.9.0", integrity: "sha512-e" };
    expect(isInstalled({ packages: { "node_modules/zod": zod, "node_modules/esbuild-for-another-system": other } })).toBe(false);
  });
});

describe("package-lock.json", () => {
  test("names no address: each person's own registry is asked", () => {
    expect(packages.filter(([, { resolved }]) => resolved).map(([path]) => path)).toEqual([]);
  });

  test("has a hash for every package", () => {
    const without = packages.filter(([, { integrity, inBundle, link }]) => !integrity && !inBundle && !link);
    expect(without.map(([path]) => path)).toEqual([]);
  });

  // npm leaves out an optional package that its registry doesn't have; then `npm ci` refuses the lock, everywhere.
  test("holds the packages of all systems", () => {
    const missing = packages.flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !isVisible(path, name))
        .map((name) => `${path}: ${name}`),
    );
    expect(missing).toEqual([]);
  });

  /** Whether Node would find a package from where another one lies. */
  function isVisible(from: string, name: string): boolean {
    for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")))) {
      if (`${folder ? `${folder}/` : ""}node_modules/${name}` in lock.packages) return true;
      if (folder === "") return false;
    }
  }
});
