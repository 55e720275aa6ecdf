import type { DagOutcome } from "../../../contracts/run-records";
import type { RunFolder } from "../../../operations/airflow/run-folder";
import { backfillReport } from "../../../scripts/pipelines/backfill";
import { backfillInCloud } from "../../../scripts/pipelines/backfill-in-cloud";

const one = (service: string, month: string) => ({ service, file_month: month });
const failed = (task: string, service: string | null, month: string | null) => ({
  task,
  service,
  file_month: month,
  message: "bad\n  where: x",
});

/** A run that found this plan, and ended so. */
const run = (plan: object | undefined, failures: DagOutcome["failed"] = []) => ({
  runId: "r",
  result: { state: failures.length > 0 ? ("failed" as const) : ("success" as const), tasks: {}, failed: failures },
  folder: plan && ({ text: () => Promise.resolve(JSON.stringify(plan)) } as unknown as RunFolder),
});

test("a few months to a run, oldest first; each delivery is told by its run's plan and outcome", async () => {
  const runs = [
    run(
      {
        deliveries: [one("green", "2024-01"), one("yellow", "2024-01"), one("yellow", "2024-02")],
        changed: [one("yellow", "2024-01"), one("yellow", "2024-02")],
        awaited: [],
      },
      [failed("clean", "yellow", "2024-01"), failed("report", null, null)],
    ),
    run({ deliveries: [], changed: [], awaited: [one("yellow", "2024-03")] }),
  ];
  const asked: string[] = [];

  const lines = await backfillInCloud({ source: "tlc", months: "2024-01,2024-02,2024-03" }, 2, ({ months, source }, title) => {
    asked.push(`${String(source)} ${String(months)} | ${title}`);
    return Promise.resolve(runs.shift()!);
  });

  expect(asked).toEqual(["tlc 2024-01,2024-02 | Months 1 to 2 of 3: 2024-01, 2024-02", "tlc 2024-03 | Months 3 to 3 of 3: 2024-03"]);
  expect(lines).toEqual([
    { ...one("green", "2024-01"), outcome: "unchanged" },
    { ...one("yellow", "2024-01"), outcome: "failed", why: "clean: bad" },
    { ...one("yellow", "2024-02"), outcome: "loaded" },
    { ...one("yellow", "2024-03"), outcome: "not published yet" },
  ]);
  expect(backfillReport(lines)).toContain("1 unchanged · 1 loaded · 1 failed · 1 not published yet");
});

test("without a plan, a run's months end as the run did", async () => {
  const runs = [run({ status: "failed" }, [failed("plan", null, null)]), run(undefined)];

  expect(await backfillInCloud({ months: "2024-01,2024-02" }, 1, () => Promise.resolve(runs.shift()!))).toEqual([
    { ...one("all", "2024-01"), outcome: "failed", why: "plan: bad" },
    { ...one("all", "2024-02"), outcome: "loaded" },
  ]);
});
