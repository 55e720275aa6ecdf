import { outcomesOfJest, outcomesOfPytest } from "../../../scripts/terminal/fault-outcomes";

test("pytest's report: each fault by a name for people, with what became of it", () => {
  const xml = `<?xml version="1.0"?><testsuites><testsuite>
    <testcase classname="faults.test_kills" name="test_killed_at[land:before-commit]" time="1.921" />
    <testcase classname="faults.test_disks" name="test_a_full_disk" time="2.5"><failure message="no">why</failure></testcase>
    <testcase classname="faults.test_disks" name="test_a_tmpfs" time="0.1"><error message="no">why</error></testcase>
    <testcase classname="faults.test_orders" name="test_backwards" time="0.0"><skipped message="no samples" /></testcase>
  </testsuite></testsuites>`;

  expect(outcomesOfPytest(xml)).toEqual([
    { fault: "killed at: land:before-commit", status: "recovered", seconds: 1.921 },
    { fault: "a full disk", status: "FAILED", seconds: 2.5 },
    { fault: "a tmpfs", status: "FAILED", seconds: 0.1 },
    { fault: "backwards", status: "skipped", seconds: 0 },
  ]);
});

test("jest's report likewise", () => {
  const assertionResults = [
    { title: "a lost Postgres volume", status: "passed", duration: 41_891 },
    { title: "two npm start at once", status: "failed", duration: 10 },
    { title: "not here", status: "pending" },
  ];

  expect(outcomesOfJest(JSON.stringify({ testResults: [{ assertionResults }] }))).toEqual([
    { fault: "a lost Postgres volume", status: "recovered", seconds: 41.891 },
    { fault: "two npm start at once", status: "FAILED", seconds: 0.01 },
    { fault: "not here", status: "skipped", seconds: 0 },
  ]);
});

test("a tool that wrote no report has no outcomes", () => {
  expect([...outcomesOfPytest(undefined), ...outcomesOfJest(undefined)]).toEqual([]);
});
