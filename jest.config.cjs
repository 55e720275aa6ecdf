/** Never set a root module path here: the folder `constructs/` would shadow the npm package of that name. */
module.exports = {
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } } }] },
  setupFilesAfterEnv: ["<rootDir>/jest.setup.cjs"],
  modulePathIgnorePatterns: ["<rootDir>/.embedded/", "<rootDir>/cdktf.out/"],
};
