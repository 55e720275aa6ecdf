/** Never set a root module path here: the folder `constructs/` would shadow the npm package of that name. */
module.exports = {
  // By itself jest leaves a core idle, which of two is half.
  maxWorkers: "100%",
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  globalSetup: "<rootDir>/__tests__/temporary/make.cjs",
  globalTeardown: "<rootDir>/__tests__/temporary/remove.cjs",
  transform: {
    "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } } }],
    // The client of Kafka is an ES module, which jest can't require.
    "/@platformatic/.+\\.js$": ["@swc/jest", { jsc: { target: "es2022" }, module: { type: "commonjs" } }],
  },
  transformIgnorePatterns: ["/node_modules/(?!@platformatic/)"],
  setupFilesAfterEnv: ["<rootDir>/jest.setup.cjs"],
  modulePathIgnorePatterns: ["<rootDir>/.embedded/", "<rootDir>/cdktf.out/"],
};
