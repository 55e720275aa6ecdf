import { CustomMetric } from "../../../constructs/monitoring/custom-metric";
import { LogMetric } from "../../../constructs/monitoring/log-metric";
import { dev, only, synth } from "../synth";

const log = { environment: dev, name: "trips-failures", description: "Failures.", filter: "severity >= ERROR" };
const custom = { environment: dev, name: "trips/rejected_share", description: "Share.", valueType: "DOUBLE" } as const;

describe("LogMetric", () => {
  test("minimal: counts entries, without labels", () => {
    let made: LogMetric | undefined;
    const json = synth((stack) => {
      made = new LogMetric(stack, "failures", log);
    });

    expect(only(json, "google_logging_metric")).toMatchObject({
      project: "acme-dev",
      name: "trips-failures",
      filter: "severity >= ERROR",
      metric_descriptor: { metric_kind: "DELTA", value_type: "INT64", labels: [] },
      label_extractors: {},
    });
    expect(made).toMatchObject({ type: "logging.googleapis.com/user/trips-failures", resourceType: "global" });
  });

  test("takes labels from the entry", () => {
    const labels = { service: "EXTRACT(jsonPayload.service)" };
    const metric = only(
      synth((stack) => new LogMetric(stack, "failures", { ...log, labels })),
      "google_logging_metric",
    );

    expect(metric.metric_descriptor.labels).toEqual([{ key: "service", value_type: "STRING" }]);
    expect(metric.label_extractors).toEqual({ service: "EXTRACT(jsonPayload.service)" });
  });

  test("keeps the distribution of a number, by ranges", () => {
    const values = { from: "EXTRACT(jsonPayload.share)", bounds: [0, 0.1, 1], unit: "1" };

    expect(
      only(
        synth((stack) => new LogMetric(stack, "shares", { ...log, values })),
        "google_logging_metric",
      ),
    ).toMatchObject({
      metric_descriptor: { metric_kind: "DELTA", value_type: "DISTRIBUTION", unit: "1" },
      value_extractor: "EXTRACT(jsonPayload.share)",
      bucket_options: { explicit_buckets: { bounds: [0, 0.1, 1] } },
    });
  });

  test.each([[[]], [[0, 0]], [[1, 0]]])("ranges that end at %j are refused", (bounds) => {
    expect(() => synth((stack) => new LogMetric(stack, "shares", { ...log, values: { from: "EXTRACT(a)", bounds } }))).toThrow(
      /there must be one at least, and each above the one before/,
    );
  });

  test("a renamed metric is another resource: the provider would leave the former behind", () => {
    const address = (name: string) =>
      Object.keys(synth((stack) => new LogMetric(stack, "failures", { ...log, name })).resource.google_logging_metric)[0];

    expect(address("trips-failures")).not.toBe(address("trips-task-failures"));
  });

  test("a name that Cloud Logging would refuse is refused here", () => {
    expect(() => synth((stack) => new LogMetric(stack, "failures", { ...log, name: "/failures" }))).toThrow(
      /"\/failures" breaks Cloud Logging/,
    );
  });
});

describe("CustomMetric", () => {
  test("minimal: a gauge without a unit", () => {
    expect(
      only(
        synth((stack) => new CustomMetric(stack, "share", custom)),
        "google_monitoring_metric_descriptor",
      ),
    ).toMatchObject({
      type: "custom.googleapis.com/trips/rejected_share",
      metric_kind: "GAUGE",
      value_type: "DOUBLE",
      unit: "1",
      labels: [],
    });
  });

  test("with labels", () => {
    const { labels } = only(
      synth((stack) => new CustomMetric(stack, "share", { ...custom, labels: { service: "yellow or green" } })),
      "google_monitoring_metric_descriptor",
    );

    expect(labels).toEqual([{ key: "service", value_type: "STRING", description: "yellow or green" }]);
  });

  test("a name that Cloud Monitoring would refuse is refused here", () => {
    expect(() => synth((stack) => new CustomMetric(stack, "share", { ...custom, name: "trips/rejected-share" }))).toThrow(
      /"trips\/rejected-share" breaks Cloud Monitoring's rules/,
    );
  });
});
