import { Sandbox } from "../setup/sandbox";

jest.setTimeout(60_000); // many processes, on machines that do other things too

const sandbox = new Sandbox();
afterAll(() => sandbox.remove());

const count = (reader: string, report: unknown): any =>
  sandbox.evaluate(`
    const counts = await load("test/counts.mjs");
    return counts.${reader}(${JSON.stringify(typeof report === "string" ? report : JSON.stringify(report))});`);
const settle = (succeeded: boolean, reported?: object): any =>
  sandbox.evaluate(`const { settle } = await load("test/counts.mjs"); return settle(${succeeded}, ${JSON.stringify(reported)});`);

test("jest: a file that couldn't be run is a failed test", () => {
  const report = { numPassedTests: 7, numFailedTests: 2, numPendingTests: 1, numTodoTests: 1, numRuntimeErrorTestSuites: 1 };
  expect(count("fromJest", report)).toEqual({ passed: 7, failed: 3, skipped: 2 });
});

test("JUnit: failures and errors failed, skipped ones didn't pass, suites are summed", () => {
  const xml = `<?xml version="1.0"?><testsuites name="pytest tests">
    <testsuite name="pytest" errors="1" failures="2" skipped="3" tests="10" time="0.1"><testcase name="a tests=&quot;99&quot;"/></testsuite>
    <testsuite name="more" errors="0" failures="0" skipped="0" tests="5"/></testsuites>`;
  expect(count("fromJunit", xml)).toEqual({ passed: 9, failed: 3, skipped: 3 });
});

test("dbt: tests and unit tests count, a model only when it failed", () => {
  const results = [
    ["model.trips.fct_trips", "success"],
    ["model.trips.dim_zones", "error"],
    ["test.trips.not_null", "pass"],
    ["test.trips.unique", "fail"],
    ["test.trips.warned", "warn"],
    ["unit_test.trips.increment", "pass"],
    ["test.trips.after_the_error", "skipped"],
  ].map(([unique_id, status]) => ({ unique_id, status }));
  expect(count("fromDbt", { results })).toEqual({ passed: 3, failed: 2, skipped: 1 });
});

describe("a suite", () => {
  test("without a report is one test", () => {
    expect(settle(true)).toEqual({ passed: 1, failed: 0, skipped: 0 });
    expect(settle(false)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  test("counts as it reports", () => {
    expect(settle(true, { passed: 9, failed: 0, skipped: 1 })).toEqual({ passed: 9, failed: 0, skipped: 1 });
    expect(settle(false, { passed: 9, failed: 2, skipped: 0 })).toEqual({ passed: 9, failed: 2, skipped: 0 });
  });

  test("that crashed after its tests failed", () => {
    expect(settle(false, { passed: 9, failed: 0, skipped: 0 })).toMatchObject({ passed: 9, failed: 1 });
  });

  test("that ran no test failed", () => {
    expect(settle(true, { passed: 0, failed: 0, skipped: 4 })).toMatchObject({ failed: 1 });
  });
});
