import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checks } from "../../operations/doctor/doctor";
import { root, textOf } from "./guide";

const guide = textOf("docs/guides/troubleshooting.md");

/** The first cells of a part's tables. */
const cells = (part: string): string[] =>
  [...part.matchAll(/^\| (`.*?) \| /gm)].flatMap(([, cell = ""]) => [...cell.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text));

/** All that may print: our sources, without tests. */
function sources(): string {
  const folders = ["config", "constructs", "embedded", "operations", "scripts", "stacks", "pipelines/ingest/src", "pipelines/streaming"];
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.(ts|mjs|py)$/.test(file))
      .map((file) => join(root, folder, file)),
  );
  return files.map((file) => readFileSync(file, "utf8")).join("\n");
}

test("each symptom is what our programs print", () => {
  const [ours = ""] = guide.split("What Google and Terraform print");
  const all = sources();
  const unknown = cells(ours).filter((symptom) => !symptom.split("…").every((piece) => all.includes(piece.trim())));

  expect(cells(ours).length).toBeGreaterThan(30);
  expect(unknown).toEqual([]);
});

test("the doctor's rows are those of the code, in its order", () => {
  const [, table = ""] = guide.split("| row | where | why it matters |\n|---|---|---|\n");

  expect(table).toBe(checks.map(({ title, cloud = false, why }) => `| ${title} | ${cloud ? "cloud" : "here"} | ${why} |\n`).join(""));
});
