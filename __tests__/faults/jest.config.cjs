/** The faults of the whole system: minutes long, so `npm run test:faults` runs them and `npm test` doesn't. */
module.exports = {
  ...require("../../jest.config.cjs"),
  rootDir: "../..",
  testMatch: ["<rootDir>/__tests__/faults/**/*.faults.ts"],
  globalSetup: "<rootDir>/__tests__/streaming/set-up.mjs",
};
