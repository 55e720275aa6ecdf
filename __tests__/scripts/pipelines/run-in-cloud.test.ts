import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { cloudAirflow } from "../../../scripts/pipelines/cloud-airflow";
import { runInCloud } from "../../../scripts/pipelines/run-in-cloud";
import { runReport, type RunSummary } from "../../../scripts/run-report";
import { AirflowDouble, instance } from "../../operations/airflow/airflow-double";
import { refusal } from "../../operations/google/double";

const root = resolve(__dirname, "../../..");
const month = { rows_read: 10, rows_accepted: 9, rows_warned: 2, rows_rejected: 1, rejections: { twin: 1 } };
const summary: RunSummary = {
  source: { kind: "tlc", location: "https://tlc.test", synthetic: false, notes: ["2024-03 isn't published yet"] },
  deliveries: [
    {
      ...month,
      service: "yellow",
      file_month: "2024-01",
      synthetic: false,
      unchanged: false,
      seconds: 1.04,
      counts: { lake: 9, warehouse: 9, postgres: null },
      equal: true,
    },
  ],
  totals: { ...month, warnings: {}, lake: 9, warehouse: 9, postgres: null },
  equal: true,
  dbt: { statuses: { success: 8 }, failed: [], seconds: 4.21 },
};
const TUNNEL = "gcloud compute start-iap-tunnel trips-airflow 8080";

// The command is a process that compiles what it is made of.
jest.setTimeout(60_000);

let folder: string;
let double: AirflowDouble;
const outputs = () => join(folder, "outputs.json");

/** Writes what `terraform output -json` prints of a stack with this Airflow. */
function deployed(airflow: object | null): void {
  const dashboards = { fct_trips: "https://lookerstudio.google.com/x" };
  writeFileSync(outputs(), JSON.stringify({ ...(airflow && { airflow: { value: airflow } }), dashboards: { value: dashboards } }));
}

let said: jest.SpyInstance;
beforeEach(async () => {
  jest.spyOn(process.stdout, "write").mockReturnValue(true);
  said = jest.spyOn(console, "log").mockReturnValue();
  folder = mkdtempSync(join(tmpdir(), "run-in-cloud-"));
  double = new AirflowDouble();
  await double.start();
  deployed({ url: double.endpoint, bucket: "acme-airflow" });
  process.env.GOOGLE_API_ENDPOINT = double.endpoint;
  process.env.GOOGLE_OAUTH_ACCESS_TOKEN = "ya29.a-person";
});
afterEach(async () => {
  jest.restoreAllMocks();
  await double.stop();
  rmSync(folder, { recursive: true });
  delete process.env.GOOGLE_API_ENDPOINT;
  delete process.env.GOOGLE_OAUTH_ACCESS_TOKEN;
});

function command(...args: string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/commands/pipelines.ts", "prod", "--outputs", outputs(), ...args], {
    cwd: root,
    // Jest has an environment of its own.
    env: { ...process.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (text: Buffer) => (stdout += text.toString()));
  child.stderr.on("data", (text: Buffer) => (stderr += text.toString()));
  return { child, ended: once(child, "close").then(([status]: (number | null)[]) => ({ status, stdout, stderr })) };
}

test("the command starts the DAG, follows it and prints the report that a run on one's own machine prints", async () => {
  double.documents.set("summary.json", summary);
  double.documents.set("outcome.json", { state: "success", tasks: { success: 20 }, failed: [] });

  const { status, stdout, stderr } = await command("--months", "2024-01..03", "--service", "yellow").ended;

  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const [{ dag_run_id: id, ...run } = { dag_run_id: "" }] = double.started;
  const conf = { source: "tlc", services: ["yellow"], months: "2024-01,2024-02,2024-03", run_id: id };
  expect(run).toEqual({ logical_date: null, conf });
  expect(stdout).toContain(`\n${runReport(summary)}\n`);
  expect(stdout).toContain("Report      fct_trips: https://lookerstudio.google.com/x");
  expect(stdout).toContain(`Airflow     ${double.endpoint}/dags/trips/runs/${id}`);
  expect(new Set(double.calls.map(({ headers }) => headers.authorization))).toEqual(new Set(["Bearer ya29.a-person"]));
});

test("a run that failed is reported all the same, with what failed", async () => {
  const said = { task: "clean", service: "yellow", file_month: "2024-01", message: "no such column\n  where: tpep_pickup" };
  double.state = "failed";
  double.documents.set("summary.json", summary);
  double.documents.set("outcome.json", { state: "failed", tasks: { failed: 1 }, failed: [said] });

  const { status, stdout, stderr } = await command("--follow", "r1").ended;
  expect([status, stderr]).toEqual([1, expect.stringContaining('Airflow has no run "r1"; it has none yet.')]);

  double.begun("r1");
  const known = await command("--follow", "r1").ended;
  expect(known.status).toBe(1);
  expect(known.stdout).toContain(runReport(summary, [said]));
  expect(known.stderr).toContain("  yellow 2024-01 clean: no such column\n");
  expect(stdout).not.toContain("Rejected");
  expect(double.started).toHaveLength(1);
});

test("Ctrl-C leaves the run going, and says how to follow it again", async () => {
  double.state = "running";
  const { child, ended } = command("--months", "2024-01");
  double.on("GET", /taskInstances$/, () => {
    child.kill("SIGINT");
    return undefined;
  });

  const { status, stderr } = await ended;

  const id = double.started[0]?.dag_run_id ?? "";
  expect(status).toBe(130);
  expect(stderr).toContain(`The run goes on in Airflow. To follow it again: npm run pipelines -- prod --cloud --follow ${id}\n`);
  expect(stderr).not.toContain("The same command goes on from here");
  expect(double.calls.filter(({ method }) => method !== "GET")).toHaveLength(1);
});

describe("what keeps a run from beginning", () => {
  const signal = new AbortController().signal;
  const begin = async (values: object = {}) =>
    runInCloud(await cloudAirflow("prod", { outputs: outputs(), ...values }, signal), { source: "tlc" }, signal);

  afterEach(() => {
    expect(double.started).toEqual([]);
  });

  test("no Airflow in the environment", async () => {
    deployed(null);
    await expect(begin()).rejects.toThrow(
      /^prod is deployed without an Airflow\. Set orchestration\.kind to vm or composer in config\/prod/,
    );
    await expect(cloudAirflow("prod", {}, signal)).rejects.toThrow(/^There is no Airflow in prod: orchestration\.kind is none\./);
  });

  test("outputs that are none", async () => {
    writeFileSync(outputs(), "[]");
    await expect(begin()).rejects.toThrow(/outputs\.json can't be read: it isn't what `terraform output -json` prints/);
  });

  test("a machine's tunnel that isn't open, with the command that opens it", async () => {
    deployed({ url: "http://127.0.0.1:9", tunnel_command: TUNNEL, bucket: "acme-airflow" });
    await expect(begin()).rejects.toThrow(
      `Airflow doesn't answer at http://127.0.0.1:9.\nOpen the tunnel in another terminal, and leave it open:\n  ${TUNNEL}`,
    );
  });

  test("something else at the near end of the tunnel", async () => {
    deployed({ url: double.endpoint, tunnel_command: TUNNEL, bucket: "acme-airflow" });
    double.on("GET", /^auth\/token$/, { status: 404 });
    await expect(begin()).rejects.toThrow(/gives no token \(HTTP 404\): it isn't Airflow's machine/);
  });

  test.each([
    [
      "nobody that Composer knows",
      { status: 401, body: { detail: "Not authenticated" } },
      /doesn't know who calls \(HTTP 401\)\.\n.*roles\/composer\.user/,
    ],
    [
      "a sign-in page for people",
      { status: 302, headers: { location: "https://accounts.google.com" } },
      /doesn't know who calls \(HTTP 302\)/,
    ],
    [
      "a caller without the right",
      { status: 403, body: { detail: "Forbidden" } },
      /refuses GET dags\/trips: Forbidden\.\n.*roles\/composer\.user: name the account in orchestration\.users/,
    ],
  ])("%s", async (_, reply, message) => {
    double.on("GET", /^api\/v2\/dags\/trips$/, reply);
    await expect(begin()).rejects.toThrow(message);
  });

  test("a DAG that isn't there yet, or can't be imported", async () => {
    double.on("GET", /^api\/v2\/dags\/trips$/, { status: 404, body: { detail: "not found" } });
    double.on("GET", /^api\/v2\/importErrors$/, { body: { import_errors: [], total_entries: 0 } });
    await expect(begin()).rejects.toThrow('Airflow has no DAG "trips" yet.');

    const error = { filename: "trips.py", stack_trace: "Traceback …\nValueError: PIPELINE_WORK must be here or jobs\n" };
    double.on("GET", /^api\/v2\/importErrors$/, { body: { import_errors: [error], total_entries: 1 } });
    await expect(begin()).rejects.toThrow(
      'can\'t import the DAG "trips", so nothing was started:\n  trips.py: ValueError: PIPELINE_WORK must be',
    );

    double.on("GET", /^api\/v2\/dags\/trips$/, { body: { is_paused: false, has_import_errors: true } });
    await expect(begin()).rejects.toThrow("can't import the DAG");
  });

  test("a run that is under way", async () => {
    const other = { dag_run_id: "scheduled__1", state: "running", run_type: "scheduled", start_date: "2026-01-02T03:04:05Z", conf: {} };
    double.underWay = [other];
    await expect(begin()).rejects.toThrow(
      /^The run scheduled__1 is under way since 2026-01-02 03:04 UTC, and the DAG runs once at a time\.\nFollow it: npm run pipelines -- prod --cloud --follow scheduled__1\n/,
    );
  });

  test("a DAG that is paused, where nobody says to switch it on", async () => {
    double.paused = true;
    await expect(begin()).rejects.toThrow(/^The DAG "trips" is paused in prod, .*\nSwitch it on with --unpause/);
    expect(double.paused).toBe(true);
  });
});

test("what is paused is switched on where that is asked for; who may not read the bucket follows without a report", async () => {
  const signal = new AbortController().signal;
  double.paused = true;
  double.instances = [instance("plan"), instance("outcome")];
  double.on("GET", /^storage\//, refusal(403, "ada does not have storage.objects.get access", "forbidden"));

  const at = await cloudAirflow("prod", { outputs: outputs(), unpause: true }, signal);
  const { result, folder: readable } = await runInCloud(at, { source: "tlc" }, signal);

  expect(double.paused).toBe(false);
  // In this order and as the eldest, else the schedule's run is before it.
  expect(double.started[0]).toMatchObject({ run_after: "2019-01-01T00:00:00Z" });
  expect(double.calls.filter(({ method }) => method !== "GET").map(({ method }) => method)).toEqual(["POST", "PATCH"]);
  expect(result).toEqual({ state: "success", tasks: { success: 2 }, failed: [] });
  expect(readable).toBeUndefined();
  expect(said.mock.calls.flat().join()).toContain("Without a report: what runs leave in gs://acme-airflow/data/runs may not be read");
});
