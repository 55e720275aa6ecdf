import { Testing } from "cdktf";
import * as fs from "node:fs";
import * as path from "node:path";
import { allRules, rulesTable, withRulesTable } from "../../policies";
import { example } from "../../policies/example";

const root = path.resolve(__dirname, "../..");
const guide = fs.readFileSync(path.join(root, "docs/guides/rule-pack.md"), "utf8");

test("the guide's table is that of the code: npm run generate", () => {
  expect(withRulesTable(guide, allRules)).toBe(guide);
});

test("the guide shows the example that compiles", () => {
  expect(guide).toContain(fs.readFileSync(path.join(root, "policies/example.ts"), "utf8").trimEnd());
});

test("the example deploys with a warning, by its own rule", () => {
  const warn = jest.spyOn(console, "warn").mockImplementation();

  example(Testing.app());

  expect(warn.mock.calls).toEqual([
    [expect.stringMatching(/^Warning: acme-names: the bucket is called www.example.com, at prod\/website/)],
  ]);
  warn.mockRestore();
});

test("a table has one line per rule, and survives bars in a text", () => {
  const table = rulesTable([{ ...allRules[0]!, id: "a-rule", mend: "a | b", reads: { "google_*": [], google_x: [], docker_y: [] } }]);

  expect(table).toMatch(/^\| Rule \|.*\n\| --- \|.*\n\| `a-rule` \| error \| `google_\*`, `docker_y` \| .* \| a \\\| b \|\n$/);
  expect(rulesTable(allRules).trimEnd().split("\n")).toHaveLength(allRules.length + 2);
});

test("a guide without a place for the table is refused", () => {
  expect(() => withRulesTable("# Rules", allRules)).toThrow("no lines <!-- rules -->");
});

const files = fs
  .readdirSync(path.join(root, "policies"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && file !== "example.ts");

test.each(files)("%s imports nothing but cdktf, constructs and the pack itself", (file) => {
  const text = fs.readFileSync(path.join(root, "policies", file), "utf8");
  const imports = [...text.matchAll(/ from "([^"]+)"/g)].map(([, name = ""]) => name);
  const inside = (name: string) =>
    name.startsWith(".") &&
    !path.relative(path.join(root, "policies"), path.resolve(root, "policies", path.dirname(file), name)).startsWith("..");

  expect(imports.filter((name) => !["cdktf", "constructs"].includes(name) && !inside(name))).toEqual([]);
});

test("every rule's file is named after it, and listed", () => {
  const named = fs
    .readdirSync(path.join(root, "policies/rules"))
    .filter((file) => file !== "index.ts")
    .map((file) => file.replace(/\.ts$/, ""));

  expect(named.sort()).toEqual(allRules.map(({ id }) => id).sort());
});
