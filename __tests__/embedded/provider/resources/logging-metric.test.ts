import * as path from "node:path";
import { temporaryFolder } from "../temporary-folder";
import { TerraformCore } from "../terraform-core";

const METRIC = "google_logging_metric";
const folder = temporaryFolder();
let count = 0;
const newCore = () => new TerraformCore("google", path.join(folder, String(count++)), { project: "acme-dev" });

const descriptor = { metric_kind: "DELTA", value_type: "INT64", labels: [{ key: "service" }] };
const failures = {
  name: "trips-task-failures",
  filter: 'jsonPayload.event = "task_failed"',
  metric_descriptor: [descriptor],
  label_extractors: { service: "EXTRACT(jsonPayload.service)" },
};

describe("google_logging_metric", () => {
  test("is created with its defaults, and planned again without a change", () => {
    expect(newCore().create(METRIC, failures)).toMatchObject({
      id: "trips-task-failures",
      project: "acme-dev",
      metric_descriptor: [{ unit: "1", labels: [{ key: "service", value_type: "STRING" }] }],
    });
  });

  test("without a descriptor it counts", () => {
    expect(newCore().create(METRIC, { name: "errors", filter: "severity >= ERROR" }).metric_descriptor).toMatchObject([
      { metric_kind: "DELTA", value_type: "INT64", unit: "1" },
    ]);
  });

  test("a filter changes it in place, a label replaces it", () => {
    const core = newCore();
    const state = core.create(METRIC, failures);

    expect(core.apply(METRIC, { ...failures, filter: "severity >= ERROR" }, state).filter).toBe("severity >= ERROR");
    const labelled = {
      ...failures,
      metric_descriptor: [{ ...descriptor, labels: [{ key: "service" }, { key: "task" }] }],
      label_extractors: { ...failures.label_extractors, task: "EXTRACT(jsonPayload.task)" },
    };
    expect(core.plan(METRIC, labelled, state)).toMatchObject({ action: "replace", replacedBy: ["metric_descriptor.labels"] });
    expect(core.plan(METRIC, { ...failures, project: "acme-prod" }, state)).toMatchObject({ action: "replace", replacedBy: ["project"] });
  });

  test("drift is read and healed, and what is destroyed is gone", () => {
    const core = newCore();
    const state = core.create(METRIC, failures);
    core.catalog.put(METRIC, { ...core.catalog.get(METRIC, String(state.id))!, filter: "" } as { id: string });

    const drifted = core.read(METRIC, state)!;
    expect(core.plan(METRIC, failures, drifted)).toMatchObject({ action: "update", state: { filter: failures.filter } });
    expect(core.destroy(METRIC, drifted)).toBeUndefined();
    expect(core.read(METRIC, state)).toBeNull();
  });

  test.each([
    ["a name that begins with a slash", { ...failures, name: "/failures" }, /at most 100 of/],
    [
      "a kind that there isn't",
      { ...failures, metric_descriptor: [{ ...descriptor, metric_kind: "COUNT" }] },
      /"COUNT" must be one of DELTA/,
    ],
    [
      "a distribution of nothing",
      { ...failures, metric_descriptor: [{ ...descriptor, value_type: "DISTRIBUTION" }] },
      /A DISTRIBUTION needs it/,
    ],
    ["a label without an extractor", { ...failures, label_extractors: null }, /"service" must stand in label_extractors and/],
    ["an extractor without a label", { ...failures, metric_descriptor: [{ ...descriptor, labels: [] }] }, /"service" must stand in/],
  ])("refuses %s", (_what, config, complaint) => {
    expect(newCore().complaints(METRIC, config)).toEqual([expect.stringMatching(complaint)]);
  });
});
