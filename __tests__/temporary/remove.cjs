const { rmSync } = require("node:fs");

/** After all tests. */
module.exports = () => {
  if (globalThis.temporaryFolder) rmSync(globalThis.temporaryFolder, { recursive: true, force: true });
};
