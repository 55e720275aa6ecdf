const { chmodSync, mkdtempSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

/** Before all tests: one folder for what they leave in the system's temporary folder, such as an app's output for every synthesised stack. */
module.exports = () => {
  globalThis.temporaryFolder = mkdtempSync(join(tmpdir(), "jest-"));
  chmodSync(globalThis.temporaryFolder, 0o755); // Postgres runs as another user.
  process.env.TMPDIR = globalThis.temporaryFolder;
};
