import { readFileSync, writeFileSync } from "node:fs";
import { withSettings } from "../../config/edit-environment-file";

/** What came of {@link writeImage}. */
export type Written = "changed" | "unchanged";

/** Writes an image into an environment's file, as `orchestration.jobs.image`; everything else, comments included, stays as it is. */
export function writeImage(file: string, image: string): Written {
  const { text, changed } = withSettings(readFileSync(file, "utf8"), [[["orchestration", "jobs", "image"], image]], file);
  if (changed.length === 0) return "unchanged";
  writeFileSync(file, text);
  return "changed";
}
