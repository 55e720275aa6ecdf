/** Every BigQuery statement before Google's own analyzer: a suite of its own, since it needs Java and jars that nothing else here does. */
module.exports = {
  ...require("../../jest.config.cjs"),
  rootDir: "../..",
  testMatch: ["<rootDir>/__tests__/googlesql/**/*.googlesql.ts"],
  globalSetup: "<rootDir>/__tests__/googlesql/set-up.mjs",
  testTimeout: 120_000,
};
