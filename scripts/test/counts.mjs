// How many tests a tool ran, from the report that it leaves. All: { passed, failed, skipped }.

export const none = Object.freeze({ passed: 0, failed: 0, skipped: 0 });

export const add = (a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped });

/** From `jest --json`. A file that couldn't be run at all holds no test: it counts as a failed one. */
export function fromJest(text) {
  const report = JSON.parse(text);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** From JUnit XML, as pytest writes it. */
export function fromJunit(text) {
  const suites = [...text.matchAll(/<testsuite\s([^>]*)>/g)].map(([, attributes]) => {
    const number = (name) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(attributes)?.[1] ?? 0);
    const failed = number("failures") + number("errors");
    return { passed: number("tests") - failed - number("skipped"), failed, skipped: number("skipped") };
  });
  return suites.reduce(add, none);
}

/** From dbt's run_results.json: tests and unit tests; a model counts only when it failed, since its tests didn't run then. */
export function fromDbt(text) {
  const counts = JSON.parse(text).results.map(({ unique_id: id, status }) => {
    const isTest = /^(test|unit_test)\./.test(id);
    if (status === "skipped") return { ...none, skipped: 1 };
    if (status === "pass" || status === "success" || status === "warn") return isTest ? { ...none, passed: 1 } : none;
    return { ...none, failed: 1 };
  });
  return counts.reduce(add, none);
}

/**
 * What a suite counts as: by its report where it has one, else as one test that passed or failed. A tool that failed without a failed
 * test (it crashed), or that ran no test, counts as one failed test.
 * @param {boolean} succeeded whether the tool ended with 0
 * @param {{ passed: number, failed: number, skipped: number } | undefined} reported undefined: the suite leaves no report
 */
export function settle(succeeded, reported) {
  if (!reported) return { ...none, [succeeded ? "passed" : "failed"]: 1 };
  const ran = reported.passed + reported.failed > 0;
  return reported.failed === 0 && (!succeeded || !ran) ? { ...reported, failed: 1 } : reported;
}
