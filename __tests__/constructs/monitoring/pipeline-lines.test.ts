import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Monitoring } from "../../../constructs/monitoring/monitoring";
import { composerTaskLog, jobLog, machineTaskLog, type PipelineLog } from "../../../constructs/monitoring/pipeline-log";
import { PipelineWatch } from "../../../constructs/monitoring/pipeline-watch";
import { dev, resources, synth } from "../synth";
import { extract, type LogEntry, matches } from "./log-filter";

const root = resolve(__dirname, "../../..");
const home = mkdtempSync(join(tmpdir(), "airflow-home-"));
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

/** What a program prints in one of our Python environments, by line. */
function linesOf(environment: string, source: string, program: string): string[] {
  const printed = execFileSync(join(root, `.embedded/python/${environment}/bin/python`), [join(__dirname, program)], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env.PATH, PYTHONPATH: join(root, source), AIRFLOW_HOME: home },
  });
  return printed.trim().split("\n");
}

/** The metrics that are counted from these logs, by name. */
function metricsOn(failures: PipelineLog, deliveries: PipelineLog): Record<string, any> {
  const json = synth((stack) => {
    new PipelineWatch(new Monitoring(stack, "monitoring", { environment: dev }), "pipelines", { logs: { failures, deliveries } });
  });
  return Object.fromEntries(resources(json, "google_logging_metric").map((metric) => [metric.name, metric]));
}

const composer = { resource: { type: "cloud_composer_environment", labels: { environment_name: "trips-airflow" } } };
const job = { resource: { type: "cloud_run_job", labels: { job_name: "trips-ingest" } } };
const stdout = { logName: "projects/acme-dev/logs/run.googleapis.com%2Fstdout" };
const machine = { resource: { type: "gce_instance" }, logName: "projects/acme-dev/logs/airflow-tasks" };

describe("what the DAG's failure callback logs", () => {
  const line = linesOf("orchestration", "pipelines/dags", "failure_line.py").at(-1)!;
  const airflows = JSON.stringify({ timestamp: "2026-03-02T04:05:06Z", level: "error", logger: "task", event: line });
  const onComposer = metricsOn(composerTaskLog("trips-airflow"), jobLog("trips-ingest"))["trips-task-failures"];
  const onMachine = metricsOn(machineTaskLog("airflow-tasks"), machineTaskLog("airflow-tasks"))["trips-task-failures"];

  const textOnly: LogEntry = { ...composer, textPayload: `[2026-03-02T04:05:06+0000] {failure_note.py:38} ERROR - ${line}` };

  test.each<[string, any, LogEntry]>([
    ["by Composer, as text behind Airflow's prefix", onComposer, textOnly],
    ["by Composer, as it is", onComposer, { ...composer, textPayload: line }],
    ["by a machine's agent that takes Airflow's JSON apart", onMachine, { ...machine, jsonPayload: JSON.parse(airflows) }],
  ])("is counted %s, by task and service", (_, metric, entry) => {
    expect(matches(metric.filter, entry)).toBe(true);
    expect(
      Object.fromEntries(Object.entries<string>(metric.label_extractors).map(([label, from]) => [label, extract(from, entry)])),
    ).toEqual({ task: "months.land", service: "yellow" });
  });

  test("is counted by a machine's agent that takes nothing apart, and by Composer if it does", () => {
    expect(matches(onMachine.filter, { ...machine, textPayload: airflows })).toBe(true);
    expect(matches(onComposer.filter, { ...composer, jsonPayload: { message: line } })).toBe(true);
  });

  test.each<[string, LogEntry]>([
    ["another environment's", { ...textOnly, resource: { ...composer.resource, labels: { environment_name: "other" } } }],
    ["a machine's", { ...textOnly, resource: machine.resource }],
    [
      "one that merely speaks of it",
      { ...composer, textPayload: "[…] {trips.py:18} INFO - no task_failed in this run, says the event log" },
    ],
    ["another event's", { ...composer, textPayload: line.replace("task_failed", "task_failed_over") }],
  ])("nothing else is: %s", (_, entry) => {
    expect(matches(onComposer.filter, entry)).toBe(false);
  });
});

describe("what ingest prints of a delivery", () => {
  const [refused, line] = linesOf("data", "pipelines/ingest/src", "landed_line.py") as [string, string];
  const onJob = metricsOn(composerTaskLog("trips-airflow"), jobLog("trips-ingest"));
  const onMachine = metricsOn(machineTaskLog("airflow-tasks"), machineTaskLog("airflow-tasks"));
  /** As Cloud Run's agent makes an entry of a line: https://cloud.google.com/run/docs/logging#special-fields */
  const asEntry = (text: string): LogEntry => {
    const { severity, ...jsonPayload } = JSON.parse(text);
    return { ...job, ...stdout, severity, jsonPayload };
  };
  const taken = asEntry(line);
  const wrapped: LogEntry = { ...machine, jsonPayload: { logger: "airflow.task", level: "info", event: line } };

  test.each<[string, Record<string, any>, LogEntry]>([
    ["by its Cloud Run job", onJob, taken],
    ["by the task's log on a machine", onMachine, wrapped],
  ])("is counted %s, with its rows and its share of rejected ones", (_, metrics, entry) => {
    const labels = (name: string) => Object.values<string>(metrics[name].label_extractors).map((from) => extract(from, entry));

    for (const name of ["trips-deliveries", "trips-accepted-rows", "trips-rejected-share"]) {
      expect({ name, isCounted: matches(metrics[name].filter, entry) }).toEqual({ name, isCounted: true });
    }
    expect(labels("trips-deliveries")).toEqual(["yellow"]);
    expect(labels("trips-rejected-share")).toEqual(["2019-02", "yellow"]);
    expect(Number(extract(metrics["trips-accepted-rows"].value_extractor, entry))).toBe(975);
    expect(Number(extract(metrics["trips-rejected-share"].value_extractor, entry))).toBe(0.025);
  });

  test("one that was refused counts for the share of rejected rows alone", () => {
    const counted = Object.values(onJob).filter(({ filter }) => matches(filter, asEntry(refused)));

    expect(counted.map(({ name }) => name)).toEqual(["trips-rejected-share"]);
    expect(extract(counted[0].value_extractor, asEntry(refused))).toBe("0.025");
  });

  test("no failure is", () => {
    expect(matches(onMachine["trips-task-failures"].filter, wrapped)).toBe(false);
    expect(matches(onJob["trips-deliveries"].filter, { ...taken, resource: { ...job.resource, labels: { job_name: "trips-dbt" } } })).toBe(
      false,
    );
  });
});
