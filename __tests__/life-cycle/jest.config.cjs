/** Every stack through its whole life, with real Terraform: a suite of its own, since it takes as long as all other jest tests together. */
module.exports = {
  ...require("../../jest.config.cjs"),
  rootDir: "../..",
  testMatch: ["<rootDir>/__tests__/life-cycle/**/*.life-cycle.ts"],
};
