import { WorkloadIdentity } from "../../../constructs/identity/workload-identity";
import { Monitoring } from "../../../constructs/monitoring/monitoring";
import { KafkaWatch } from "../../../constructs/streaming/kafka-watch";
import { unknownMetrics } from "../monitoring/unknown-metrics";
import { dev, resources, synth } from "../synth";

const json = synth((stack) => {
  const broker = new WorkloadIdentity(stack, "broker", { environment: dev, workload: "kafka", description: "Brokers." });
  new KafkaWatch(new Monitoring(stack, "monitoring", { environment: dev }), "kafka", { broker, maxLag: 7, maxDiskShare: 0.5 });
});

test("lag and disk are watched, by metrics that the brokers may write", () => {
  const conditions = resources(json, "google_monitoring_alert_policy").map(
    ({ conditions: [{ condition_threshold }] }) => condition_threshold,
  );
  const thresholds = Object.fromEntries(
    conditions.map(({ filter, threshold_value }) => [/custom[^"]+/.exec(filter)?.[0], threshold_value]),
  );
  expect(thresholds).toEqual({
    "custom.googleapis.com/trips/kafka_consumer_lag": 7,
    "custom.googleapis.com/trips/kafka_disk_used_share": 0.5,
  });
  expect(unknownMetrics(json)).toEqual([]);
  expect(resources(json, "google_project_iam_member").map(({ role }) => role)).toEqual(["roles/monitoring.metricWriter"]);
});
