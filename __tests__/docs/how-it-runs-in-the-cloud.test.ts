import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { root, textOf } from "./guide";

const GUIDE = "docs/guides/how-it-runs-in-the-cloud.md";

/** The rows of the tables of hops. */
const hops = textOf(GUIDE)
  .split("\n")
  .filter((line) => /^\| \d+ \|/.test(line))
  .map((line) => {
    const [number = "", what = "", files = "", tests = ""] = line.replace(/^\| | \|$/g, "").split(" | ");
    return { number, what, files: linksIn(files), tests: testsIn(tests) };
  });

function linksIn(cell: string): string[] {
  return [...cell.matchAll(/\]\(([^)]+)\)/g)].map(([, link = ""]) => join(dirname(GUIDE), link));
}

/** `[jobs.test.ts](…/jobs.test.ts): *what it shows*` */
function testsIn(cell: string): { readonly file: string; readonly title: string }[] {
  return [...cell.matchAll(/\]\(([^)]+)\): \*([^*]+)\*/g)].map(([, link = "", title = ""]) => ({
    file: join(dirname(GUIDE), link),
    title,
  }));
}

test("the hops are numbered from first to last", () => {
  expect(hops.map(({ number }) => Number(number))).toEqual(hops.map((_, index) => index + 1));
  expect(hops.length).toBeGreaterThan(25);
});

test.each(hops)("$number, $what: the files that do it are there", ({ files }) => {
  expect(files).not.toEqual([]);
  expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

test.each(hops)("$number, $what: so is a test that covers it", ({ tests }) => {
  expect(tests).not.toEqual([]);
  for (const { file } of tests) expect(file).toMatch(/\.(test|life-cycle|googlesql|streaming)\.ts$|\/test_\w+\.py$/);
  expect(tests.filter(({ file, title }) => !existsSync(join(root, file)) || !textOf(file).includes(title))).toEqual([]);
});
