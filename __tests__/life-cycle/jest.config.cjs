/** What goes through whole lives, with real Terraform, Airflow and databases: a suite of its own, longer than all other jest tests together. */
module.exports = { ...require("../../jest.config.cjs"), rootDir: "../..", testMatch: ["<rootDir>/__tests__/**/*.life-cycle.ts"] };
