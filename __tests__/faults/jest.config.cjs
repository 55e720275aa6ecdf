/** The faults of the whole system: minutes long, so `npm run test:faults` runs them and `npm test` doesn't. */
module.exports = {
  ...require("../../jest.config.cjs"),
  rootDir: "../..",
  testMatch: ["<rootDir>/__tests__/faults/**/*.faults.ts", "<rootDir>/__tests__/streaming/lake-sink.streaming.ts"],
  globalSetup: "<rootDir>/__tests__/streaming/set-up.mjs",
  globals: { SEEDS: 10 },
  maxWorkers: 1,
  testTimeout: 600_000,
};
