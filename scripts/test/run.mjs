import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Failure, report } from "../setup/failure.mjs";
import { dieOf, runInForeground } from "../setup/foreground.mjs";
import { root } from "../setup/places.mjs";
import { setUp } from "../setup/set-up.mjs";
import { stepsFor } from "../setup/steps.mjs";
import { terraformBinary } from "../setup/steps/terraform.mjs";
import { add, none, settle } from "./counts.mjs";
import { groups, results, suites } from "./suites.mjs";

/**
 * Sets up, then runs all suites, or those that the arguments choose; prints one table of them, and as the last line what they sum up to.
 * @param {string[]} args patterns of test files for jest, or `--only <group>`
 * @returns {Promise<number>} the exit code
 */
export async function runTests(args) {
  const { only, patterns } = choose(args);
  const outcomes = [await prepare(only === "lint" ? "lint" : "test")];
  if (outcomes[0].failed === 0) {
    mkdirSync(results, { recursive: true });
    for (const suite of suites) if (!only || suite.group === only) outcomes.push(await run(suite, patterns));
  }
  return summarise(outcomes);
}

function choose(args) {
  const options = { only: { type: "string" }, debug: { type: "boolean" } };
  let parsed;
  try {
    parsed = parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new Failure(error.message, `Use: npm test [-- <pattern of jest's test files>… | --only ${groups.join("|")}]`);
  }
  const { values, positionals: patterns } = parsed;
  const only = values.only ?? (patterns.length > 0 ? "jest" : undefined);
  if (only && !groups.includes(only))
    throw new Failure(`--only ${only}: there is no such group of tests.`, `There are: ${groups.join(", ")}`);
  if (patterns.length > 0 && only !== "jest")
    throw new Failure("Patterns choose among jest's tests.", "Leave out --only, or the patterns.");
  return { only, patterns };
}

async function prepare(command) {
  const start = performance.now();
  heading("set-up");
  try {
    if (!(await setUp(stepsFor(command)))) console.log("Ready: nothing to do");
    return outcome("set-up", settle(true), start);
  } catch (error) {
    report(error);
    return outcome("set-up", settle(false), start);
  }
}

async function run(suite, patterns) {
  const start = performance.now();
  heading(suite.title);
  const folder = join(root, suite.folder);
  if (!existsSync(folder)) {
    console.log(`There is no folder ${suite.folder}.`);
    return outcome(suite.title, settle(false), start);
  }
  const reports = suite.reports ?? [];
  for (const { file } of reports) rmSync(file, { force: true });
  const [command, ...args] = suite.takesPatterns ? [...suite.command, ...patterns] : suite.command;
  const env = { ...process.env, TERRAFORM_BINARY_NAME: terraformBinary() ?? "terraform", ...suite.env };
  const { code, stopped } = await runInForeground(command, args, { cwd: folder, env, stdio: ["ignore", "inherit", "inherit"] });
  if (stopped) return dieOf(stopped);
  const counts = reports.map(({ file, count }) => (existsSync(file) ? count(readFileSync(file, "utf8")) : missing(file)));
  return outcome(suite.title, settle(code === 0, suite.reports && counts.reduce(add, none)), start);
}

function missing(file) {
  console.log(`It left no report ${file}.`);
  return { ...none, failed: 1 };
}

const outcome = (title, counts, start) => ({ title, ...counts, seconds: (performance.now() - start) / 1000 });

const heading = (title) => console.log(`\n== ${title}`);

function summarise(outcomes) {
  const total = outcomes.reduce(add, none);
  const width = Math.max(...outcomes.map(({ title }) => title.length));
  const row = (title, ...cells) => console.log([title.padEnd(width), ...cells.map((cell) => String(cell).padStart(8))].join(""));
  heading("summary");
  row("", "passed", "failed", "skipped", "seconds");
  for (const { title, passed, failed, skipped, seconds } of outcomes) row(title, passed, failed, skipped, seconds.toFixed(1));
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed > 0 ? 1 : 0;
}
