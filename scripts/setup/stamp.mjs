import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A hash of what a step depends on: texts (versions, paths), and files or folders by their content. */
export function fingerprint({ texts = [], files = [] }) {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${text}\0`);
  for (const file of files) addContent(hash, file);
  return hash.digest("hex");
}

function addContent(hash, path) {
  let content;
  try {
    content = readFileSync(path);
  } catch (error) {
    if (error.code === "EISDIR")
      return readdirSync(path)
        .filter((name) => name !== "__pycache__") // Python's own, made when it runs
        .sort()
        .forEach((name) => addContent(hash, join(path, name)));
    if (error.code !== "ENOENT") throw error;
    content = "absent";
  }
  hash.update(`${path}\0${content.length}\0`).update(content);
}

/** Whether the step was finished with the same inputs, and what it made (`made`: absolute paths) is still there. */
export function isCurrent(stamp, print, made) {
  return existsSync(stamp) && readFileSync(stamp, "utf8") === print && made.every((path) => existsSync(path));
}

/** Says that a step is finished: its last act, in one piece, so that a killed step is never taken for a finished one. */
export function writeStamp(stamp, print) {
  writeWhole(stamp, print);
}

/** Forgets that a step was finished: its first act. */
export function removeStamp(stamp) {
  rmSync(stamp, { force: true });
}

/** Writes a file so that a reader finds the old content or the new one, never a part. */
export function writeWhole(file, content) {
  mkdirSync(dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, content);
  renameSync(unfinished, file);
}
