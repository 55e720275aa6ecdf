import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { paths, python, root } from "../local-dev";
import { runCommand } from "../terminal/failure";
import { type Outcome, outcomesOfJest, outcomesOfPytest } from "../terminal/fault-outcomes";
import { table } from "../terminal/table";

const results = join(paths.root, "test");
const junit = join(results, "faults.xml");
const jestReport = join(results, "faults.json");

/** `npm run test:faults`: faults made with real processes, in ingest and then in the whole system; ends with a table of them. */
void runCommand(() => {
  mkdirSync(results, { recursive: true });
  for (const file of [junit, jestReport]) rmSync(file, { force: true });
  const pytest = ["-m", "pytest", "tests/faults", "-m", "", "--junit-xml", junit];
  const jest = ["node_modules/jest/bin/jest.js", "--ci", "--config", "__tests__/faults/jest.config.cjs"];
  const codes = [
    run(python("data"), pytest, join(root, "pipelines/ingest")),
    run(process.execPath, [...jest, "--json", "--outputFile", jestReport], root),
  ];
  const outcomes = [...outcomesOfPytest(read(junit)), ...outcomesOfJest(read(jestReport))];
  console.log(
    `\n${table(
      ["Fault", "Result", "Seconds"],
      outcomes.map(({ fault, status, seconds }) => [fault, status, seconds.toFixed(1)]),
    )}`,
  );
  const count = (wanted: Outcome["status"]): number => outcomes.filter(({ status }) => status === wanted).length;
  if (count("skipped") > 0) console.log(`\n${String(count("skipped"))} skipped`);
  // A tool that failed without a failed test, such as one that couldn't start, counts as a failure too.
  const failed = Math.max(count("FAILED"), codes.filter((code) => code !== 0).length);
  console.log(`\n${String(count("recovered"))} passed, ${String(failed)} failed`);
  return Promise.resolve(failed === 0 ? 0 : 1);
});

function run(command: string, args: readonly string[], cwd: string): number | null {
  return spawnSync(command, args, { cwd, stdio: "inherit" }).status;
}

/** A report, or nothing where its tool couldn't write one. */
function read(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
