import { existsSync, mkdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Sandbox } from "./sandbox";

test("links are restored as the package lists them", () => {
  const sandbox = new Sandbox();
  const native = join(sandbox.root, "unpacked");
  mkdirSync(join(native, "lib", "deep"), { recursive: true });
  writeFileSync(join(native, "lib", "libpq.so.5.17"), "library");
  const links = [
    { source: "native/lib/libpq.so.5.17", target: "native/lib/libpq.so" },
    { source: "native/lib/libpq.so.5.17", target: "native/lib/deep/libpq.so.5" },
  ];
  writeFileSync(join(native, "pg-symlinks.json"), JSON.stringify(links));

  sandbox.evaluate(
    `const { restoreLinks } = await load("setup/steps/postgres.mjs"); restoreLinks(${JSON.stringify(native)}); return null;`,
  );

  expect(readlinkSync(join(native, "lib", "libpq.so"))).toBe("libpq.so.5.17");
  expect(readFileSync(join(native, "lib", "deep", "libpq.so.5"), "utf8")).toBe("library");
  expect(existsSync(join(native, "pg-symlinks.json"))).toBe(false);
  sandbox.remove();
});
