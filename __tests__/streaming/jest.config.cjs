/** Kafka as the cloud's machines run it, started here: a suite of its own, since it needs Java and 270 MB that nothing else here does. */
module.exports = {
  ...require("../../jest.config.cjs"),
  rootDir: "../..",
  testMatch: ["<rootDir>/__tests__/streaming/**/*.streaming.ts"],
  globalSetup: "<rootDir>/__tests__/streaming/set-up.mjs",
  // Two clusters at a time, of up to four Java processes each: most of a test is waiting.
  maxWorkers: 2,
  testTimeout: 600_000,
};
