import { AbsenceAlert } from "../../../constructs/monitoring/absence-alert";
import { EmailChannel } from "../../../constructs/monitoring/email-channel";
import { googleMetrics } from "../../../constructs/monitoring/google-metrics";
import { LogAlert } from "../../../constructs/monitoring/log-alert";
import { ThresholdAlert } from "../../../constructs/monitoring/threshold-alert";
import { dev, only, synth } from "../synth";

const common = { environment: dev, channels: [], title: "Much billed", whatToDo: "Find the query." };
const threshold = {
  ...common,
  metric: googleMetrics.bytesBilled,
  aggregation: { aligner: "ALIGN_SUM", periodMinutes: 1440 },
  above: 100,
} as const;
const policy = (build: Parameters<typeof synth>[0]) => only(synth(build), "google_monitoring_alert_policy");

describe("an alert", () => {
  test("says what to do, how bad it is, and closes by itself after a day", () => {
    expect(policy((stack) => new ThresholdAlert(stack, "alert", threshold))).toMatchObject({
      project: "acme-dev",
      display_name: "Much billed (dev)",
      severity: "WARNING",
      documentation: { subject: "dev: Much billed", content: "Find the query.", mime_type: "text/markdown" },
      alert_strategy: { auto_close: "86400s" },
      notification_channels: [],
      user_labels: { environment: "dev" },
    });
  });

  test("tells its channels", () => {
    const json = synth((stack) => {
      const channel = new EmailChannel(stack, "mail", { environment: dev, address: "data@example.com" });
      new ThresholdAlert(stack, "alert", { ...threshold, channels: [channel], severity: "CRITICAL", autoCloseHours: 1 });
    });

    const [name] = Object.keys(json.resource.google_monitoring_notification_channel);
    expect(only(json, "google_monitoring_alert_policy")).toMatchObject({
      notification_channels: [`\${google_monitoring_notification_channel.${name}.name}`],
      severity: "CRITICAL",
      alert_strategy: { auto_close: "3600s" },
    });
    expect(only(json, "google_monitoring_notification_channel")).toMatchObject({
      type: "email",
      labels: { email_address: "data@example.com" },
      force_delete: true,
    });
  });

  test.each([
    ["nothing to do", { whatToDo: " " }, /"Much billed" doesn't say what to do/],
    ["closing within minutes", { autoCloseHours: 0.1 }, /closes after 0.1 hours: "autoCloseHours" must be 0.5 to 168/],
    ["closing after weeks", { autoCloseHours: 200 }, /must be 0.5 to 168/],
    ["a period that isn't whole", { aggregation: { aligner: "ALIGN_SUM", periodMinutes: 0.5 } as const }, /"periodMinutes" must be/],
    ["a period of days", { aggregation: { aligner: "ALIGN_SUM", periodMinutes: 2880 } as const }, /from 1 to 1440/],
  ])("with %s is refused", (_what, props, complaint) => {
    expect(() => policy((stack) => new ThresholdAlert(stack, "alert", { ...threshold, ...props }))).toThrow(complaint);
  });
});

test("ThresholdAlert compares one value per group with what is still fine", () => {
  const aggregation = { ...threshold.aggregation, groupBy: ["metric.label.service"] };
  const where = ['metric.label.service = "yellow"'];
  const { conditions } = policy((stack) => new ThresholdAlert(stack, "alert", { ...threshold, aggregation, where, forMinutes: 5 }));

  expect(conditions).toEqual([
    {
      display_name: "Much billed",
      condition_threshold: {
        filter:
          'metric.type = "bigquery.googleapis.com/query/scanned_bytes_billed" AND resource.type = "global" AND metric.label.service = "yellow"',
        aggregations: [
          {
            alignment_period: "86400s",
            per_series_aligner: "ALIGN_SUM",
            cross_series_reducer: "REDUCE_SUM",
            group_by_fields: ["metric.label.service"],
          },
        ],
        comparison: "COMPARISON_GT",
        threshold_value: 100,
        duration: "300s",
        trigger: { count: 1 },
      },
    },
  ]);
});

describe("AbsenceAlert", () => {
  const deliveries = { type: "logging.googleapis.com/user/trips-deliveries", resourceType: "global" };

  test("looks back for days, which no ordinary absence condition can, and fires where nothing ever was", () => {
    const { conditions } = policy((stack) => new AbsenceAlert(stack, "alert", { ...common, metric: deliveries, days: 45 }));

    expect(conditions[0].condition_prometheus_query_language).toEqual({
      query: '(sum(increase({"logging.googleapis.com/user/trips-deliveries", monitored_resource="global"}[45d])) or vector(0)) < 0.5',
      evaluation_interval: "3600s",
    });
  });

  test.each([0, 1.5, 400])("doesn't wait for %d days", (days) => {
    expect(() => policy((stack) => new AbsenceAlert(stack, "alert", { ...common, metric: deliveries, days }))).toThrow(/from 1 to 365/);
  });
});

describe("LogAlert", () => {
  test("tells of an entry at most once an hour, with what the entry says", () => {
    const made = policy(
      (stack) =>
        new LogAlert(stack, "alert", {
          ...common,
          filter: ['resource.type = "gcs_bucket"', "severity >= NOTICE"],
          details: { who: "protoPayload.authenticationInfo.principalEmail" },
        }),
    );

    expect(made.conditions[0].condition_matched_log).toEqual({
      filter: 'resource.type = "gcs_bucket"\nAND severity >= NOTICE',
      label_extractors: { who: "EXTRACT(protoPayload.authenticationInfo.principalEmail)" },
    });
    expect(made.alert_strategy).toEqual({ auto_close: "86400s", notification_rate_limit: { period: "3600s" } });
    expect(made.documentation.content).toBe("Find the query.\n\n- who: $${log.extracted_label.who}");
  });

  test("without details says just what to do", () => {
    expect(policy((stack) => new LogAlert(stack, "alert", { ...common, filter: ["severity = ERROR"] })).documentation.content).toBe(
      "Find the query.",
    );
  });
});
