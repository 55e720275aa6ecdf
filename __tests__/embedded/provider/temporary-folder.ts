import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/** A new folder for the tests of one file, removed after them. */
export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "embedded-"));
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}
