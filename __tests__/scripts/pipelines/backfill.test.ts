import { DagRunInterrupted } from "../../../embedded/engines/airflow/airflow-error";
import type { FailedTask } from "../../../contracts/run-records";
import { backfill, backfillReport, batchIn, type Delivery } from "../../../scripts/pipelines/backfill";
import type { PipelineRun } from "../../../scripts/pipelines/run";

const { signal } = new AbortController();
const delivery = (text: string): Delivery => {
  const [service = "", file_month = ""] = text.split(" ");
  return { service, file_month };
};
const ended = (failed: FailedTask[] = []): PipelineRun => ({
  runId: "r",
  result: { state: failed.length === 0 ? "success" : "failed", exitCode: 0, failed, tasks: {}, seconds: 1, logFile: "log" },
});
const plan = (changed: string[], unchanged: string[] = [], awaited: string[] = []) => ({
  deliveries: [...changed, ...unchanged].map(delivery),
  changed: changed.map(delivery),
  awaited: awaited.map(delivery),
});
const shown = (lines: Awaited<ReturnType<typeof backfill>>) =>
  lines.map(({ service, file_month, outcome, why }) => [file_month, service, why ?? outcome].join(" "));

test("oldest first, a few months to a run, and what is unchanged or not published isn't run", async () => {
  const runs: string[][] = [];
  const changed = ["yellow 2019-03", "yellow 2019-01", "green 2019-01", "yellow 2019-04"];
  const lines = await backfill(
    plan(changed, ["yellow 2019-02"], ["green 2019-04"]),
    2,
    (months) => {
      runs.push([...months]);
      return Promise.resolve(ended());
    },
    signal,
  );

  expect(runs).toEqual([["2019-01", "2019-03"], ["2019-04"]]);
  expect(shown(lines)).toEqual([
    "2019-01 green loaded",
    "2019-01 yellow loaded",
    "2019-02 yellow unchanged",
    "2019-03 yellow loaded",
    "2019-04 green not published yet",
    "2019-04 yellow loaded",
  ]);
});

test("a month that fails, a run that can't be begun and models that fail stop none after them", async () => {
  const cutOff = { task: "clean", service: "yellow", file_month: "2019-01", message: "the file is cut off\n  where: x" };
  const storesDiffer = { task: "report", service: null, file_month: null, message: "THE STORES DIFFER" };
  const answers = [
    () => Promise.resolve(ended([cutOff, storesDiffer])),
    () => Promise.reject(new Error("Airflow ended without an outcome:\n…")),
    () => Promise.resolve(ended([{ task: "dbt_build", service: null, file_month: null, message: "dbt build failed" }])),
    () => Promise.resolve(ended()),
    () => Promise.resolve(ended([storesDiffer])),
  ];
  const changed = ["yellow 2019-01", "green 2019-01", "yellow 2019-02", "yellow 2019-03", "yellow 2019-04", "yellow 2019-05"];
  const lines = await backfill(plan(changed), 1, () => answers.shift()?.() ?? Promise.reject(new Error("too many runs")), signal);

  expect(shown(lines)).toEqual([
    "2019-01 green loaded",
    "2019-01 yellow clean: the file is cut off",
    "2019-02 yellow Airflow ended without an outcome:",
    "2019-03 yellow dbt_build: dbt build failed",
    "2019-04 yellow loaded",
    "2019-05 yellow report: THE STORES DIFFER",
  ]);
  expect(backfillReport(lines)).toContain("2 loaded · 4 failed");
});

test("whoever stops it gets no further run", async () => {
  let runs = 0;
  const stopped = backfill(
    plan(["yellow 2019-01", "yellow 2019-02"]),
    1,
    () => {
      runs++;
      return Promise.reject(new DagRunInterrupted("r", "SIGINT"));
    },
    signal,
  );

  await expect(stopped).rejects.toThrow("was stopped");
  expect(runs).toBe(1);
});

test("months to a run", () => {
  expect(batchIn("12")).toBe(12);
  expect(() => batchIn("0")).toThrow('--batch: expected a whole number from 1 up, but there stands "0".');
});
