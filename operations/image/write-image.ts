import { readFileSync, writeFileSync } from "node:fs";
import { isMap, parseDocument, type Document } from "yaml";

const PATH = ["orchestration", "jobs", "image"] as const;

/** What came of {@link writeImage}. */
export type Written = "changed" | "unchanged";

/** Writes an image into an environment's file, as `orchestration.jobs.image`; everything else, comments included, stays as it is. */
export function writeImage(file: string, image: string): Written {
  const text = readFileSync(file, "utf8");
  const document = parseDocument(text);
  if (document.getIn(PATH) === image) return "unchanged";
  makeMaps(document);
  document.setIn(PATH, image);
  // 0: no line is folded anew.
  writeFileSync(file, document.toString({ lineWidth: 0, flowCollectionPadding: text.includes("{ ") }));
  return "changed";
}

/** `orchestration:` with nothing but comments below is no map yet. */
function makeMaps(document: Document): void {
  for (const path of [PATH.slice(0, 1), PATH.slice(0, 2)]) {
    if (!isMap(document.getIn(path, true))) document.setIn(path, document.createNode({}));
  }
}
