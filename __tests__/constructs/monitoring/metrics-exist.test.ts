import { MonitoringAlertPolicy } from "@cdktf/provider-google/lib/monitoring-alert-policy";
import { example } from "../../../constructs/monitoring/example";
import { googleMetrics } from "../../../constructs/monitoring/google-metrics";
import { Monitoring } from "../../../constructs/monitoring/monitoring";
import { dev, resources, synth } from "../synth";
import { named, unknownMetrics } from "./unknown-metrics";

const aggregation = { aligner: "ALIGN_SUM", periodMinutes: 10 } as const;

describe("every alert and chart is on a metric that exists", () => {
  test("those of the example", () => {
    const json = synth((stack) => {
      example(stack, dev);
    });

    expect(named(json)).toHaveLength(12);
    expect(unknownMetrics(json)).toEqual([]);
  });

  test.each([
    ["that nobody makes", { type: "custom.googleapis.com/trips/nowhere", resourceType: "global" }],
    ["on the wrong resource", { ...googleMetrics.bytesBilled, resourceType: "bigquery_project" }],
  ])("a metric %s is found", (_what, metric) => {
    const json = synth((stack) => {
      const monitoring = new Monitoring(stack, "monitoring", { environment: dev });
      monitoring.addAlert("planted", { title: "Planted", whatToDo: "Nothing.", metric, aggregation, above: 0 });
      monitoring.addTile({ title: "Planted", metric, aggregation });
    });

    expect(unknownMetrics(json)).toEqual(Array(2).fill(`${metric.type} on ${metric.resourceType}`));
  });

  test("an alert made without our constructs is looked at as well", () => {
    const filter = 'metric.type = "storage.googleapis.com/no/such" AND resource.type = "gcs_bucket"';
    const json = synth((stack) => {
      new MonitoringAlertPolicy(stack, "planted", {
        displayName: "Planted",
        combiner: "OR",
        conditions: [{ displayName: "planted", conditionThreshold: { filter, comparison: "COMPARISON_GT", duration: "0s" } }],
      });
    });

    expect(unknownMetrics(json)).toEqual(["storage.googleapis.com/no/such on gcs_bucket"]);
  });
});

describe("an alert on a metric of one's own", () => {
  const json = synth((stack) => {
    example(stack, dev);
  });
  /** The resource that a text refers to, e.g. `${google_logging_metric.x.id}` or `terraform_data.x`. */
  const resourceIn = (text: string): any => {
    const [, type, id] = /([a-z_]+)\.([\w-]+)/.exec(text)!;
    return json.resource[type!][id!];
  };

  test.each([
    ["logging.googleapis.com/user/trips-task-failures", "trips-task-failures"],
    ["logging.googleapis.com/user/trips-deliveries", "trips-deliveries"],
    ["logging.googleapis.com/user/trips-rejected-share", "trips-rejected-share"],
  ])("on %s waits until it can be named", (metric, name) => {
    const alert = resources(json, "google_monitoring_alert_policy").find(({ conditions }) => JSON.stringify(conditions).includes(metric));
    const wait = resourceIn(alert.depends_on[0]);
    const made = resourceIn(wait.triggers_replace.metric);

    expect(wait.provisioner).toEqual([{ "local-exec": { command: 'sleep "$${PROPAGATION_SECONDS:-120}"' } }]);
    expect(made.name).toBe(name);
  });

  test("one on Google's waits for nothing", () => {
    const alert = resources(json, "google_monitoring_alert_policy").find(({ display_name }) => /billed/.test(display_name));

    expect(alert.depends_on).toEqual([]);
  });
});
