import type { ProgressLine } from "../../../contracts/run-records";
import { AirflowApi } from "../../../operations/airflow/airflow-api";
import { followRun } from "../../../operations/airflow/follow";
import { composerLogin } from "../../../operations/airflow/login";
import { folderOf, RunFolder } from "../../../operations/airflow/run-folder";
import { TripsDag } from "../../../operations/airflow/trips-dag";
import { GoogleApi } from "../../../operations/google/google-api";
import { AirflowDouble, instance } from "./airflow-double";

const signal = new AbortController().signal;
const credentials = { kind: "a test", token: () => Promise.resolve("ya29.good") };
let double: AirflowDouble;
let dag: TripsDag;
beforeEach(async () => {
  double = new AirflowDouble().begun("r1");
  const url = await double.start();
  dag = new TripsDag(new AirflowApi({ url, login: composerLogin(credentials), signal, patience: 1 }));
});
afterEach(() => double.stop());

const folder = () =>
  new RunFolder(new GoogleApi({ credentials, signal, endpoint: double.endpoint, patience: 1 }), "acme-airflow", "r1", signal, 1);

async function followed(from: RunFolder | undefined) {
  const lines: ProgressLine[] = [];
  const outcome = await followRun("r1", { dag, folder: from, signal, patience: 1, onProgress: (line) => lines.push(line) });
  return { outcome, lines };
}

const deliveries = [
  { service: "yellow", file_month: "2024-01" },
  { service: "green", file_month: "2024-01" },
];

test("each task is told once, in the order of its end, by its delivery; what only Airflow does is not", async () => {
  double.deliveries = deliveries;
  double.instances = [
    instance("months.fetch", "success", { map_index: 1, end_date: "2026-01-01T00:00:09Z" }),
    instance("months.fetch", "success", { map_index: 0, end_date: "2026-01-01T00:00:05Z" }),
    instance("zones.land", "success", { end_date: "2026-01-01T00:00:06Z" }),
    instance("skip_unchanged"),
    instance("report", "success", { end_date: "2026-01-01T00:01:00Z", duration: null }),
    instance("dbt_build", "running", { end_date: null }),
  ];
  let looks = 0;
  double.on("GET", /dagRuns\/r1$/, () => ({ body: { dag_run_id: "r1", state: looks++ < 2 ? "running" : "success", conf: null } }));

  const { lines, outcome } = await followed(undefined);

  expect(lines.map(({ service, file_month, stage, status, seconds }) => [service, file_month, stage, status, seconds])).toEqual([
    ["yellow", "2024-01", "fetch", "done", 1.5],
    ["zones", null, "land", "done", 1.5],
    ["green", "2024-01", "fetch", "done", 1.5],
    [null, null, "summary", "done", undefined],
  ]);
  expect(outcome).toEqual({ state: "success", tasks: { success: 5, running: 1 }, failed: [] });
});

test("where ingest's own words are in the bucket, they are told, with the rows; those of another try aren't", async () => {
  double.deliveries = deliveries;
  double.instances = [
    instance("months.clean", "success", { map_index: 0 }),
    instance("months.land", "up_for_retry", { map_index: 0, end_date: "2026-01-01T00:00:07Z" }),
    instance("months.fetch", "failed", { map_index: 1, end_date: "2026-01-01T00:00:08Z" }),
  ];
  const line = (stage: string, status: string, more: object) => ({ service: "yellow", file_month: "2024-01", stage, status, ...more });
  // The double writes one JSON document: a file with one line.
  double.documents.set("progress/clean-yellow-2024-01.jsonl", line("clean", "done", { rows: 1234, seconds: 0.5 }));
  double.documents.set("progress/land-yellow-2024-01.jsonl", line("land", "failed", { message: "the network is down" }));
  double.documents.set("progress/fetch-green-2024-01.jsonl", line("fetch", "done", { rows: 7 }));

  const { lines } = await followed(folder());

  expect(lines).toMatchObject([
    { stage: "clean", rows: 1234, seconds: 0.5 },
    { stage: "land", status: "failed", message: "the network is down; try 1 of 2; Airflow tries again" },
    { stage: "fetch", status: "failed", service: "green" },
  ]);
  expect(lines[2]).not.toHaveProperty("rows");
});

test("the run's own last word counts; a run that didn't come to it is told by its tasks", async () => {
  double.state = "failed";
  double.deliveries = deliveries;
  double.instances = [instance("months.clean", "failed", { map_index: 1 }), instance("outcome", "failed")];
  const said = { task: "clean", service: "green", file_month: "2024-01", message: "no such column\n  where: x" };
  double.documents.set("outcome.json", { state: "failed", tasks: { success: 9, failed: 1 }, failed: [said] });
  expect((await followed(folder())).outcome).toEqual({ state: "failed", tasks: { success: 9, failed: 1 }, failed: [said] });

  double.instances = [instance("months.clean", "failed", { map_index: 1 }), instance("zones.fetch", "failed"), instance("outcome", null)];
  expect((await followed(folder())).outcome).toMatchObject({
    state: "failed",
    failed: [
      { task: "clean", service: "green", file_month: "2024-01", message: "see its log in Airflow" },
      { task: "fetch", service: "zones", file_month: null },
    ],
  });
});

test("a network that is gone for a moment doesn't end the following", async () => {
  double.documents.set("outcome.json", { state: "success", tasks: { success: 2 }, failed: [] });
  const troubles = [{ status: 503 }, { status: 502 }];
  double.on("GET", /taskInstances$/, () => troubles.shift());

  expect((await followed(folder())).outcome.tasks).toEqual({ success: 2 });
  expect(troubles).toEqual([]);
});

test("lists that are longer than a page are read to their end", async () => {
  const all = Array.from({ length: 230 }, (_, index) => instance(`t${String(index)}`));
  double.on("GET", /taskInstances$/, ({ query }) => {
    const offset = Number(query.get("offset"));
    return { body: { task_instances: all.slice(offset, offset + Number(query.get("limit"))), total_entries: all.length } };
  });

  expect((await dag.taskInstances("r1")).map(({ task_id: task }) => task)).toEqual(all.map(({ task_id: task }) => task));
});

test("a run's folder is named as the DAG names it", () => {
  const run = { state: "success", run_type: "scheduled", start_date: null } as const;
  expect(folderOf({ ...run, dag_run_id: "scheduled__2024-03-01T00:00:00+00:00", conf: {} })).toBe("scheduled__2024-03-01T00-00-00-00-00");
  expect(folderOf({ ...run, dag_run_id: "a", conf: { run_id: "b" } })).toBe("b");
});
