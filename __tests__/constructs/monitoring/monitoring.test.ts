import { Lake } from "../../../constructs/lake/lake";
import { googleMetrics } from "../../../constructs/monitoring/google-metrics";
import { KeyWatch } from "../../../constructs/monitoring/key-watch";
import { LakeWatch } from "../../../constructs/monitoring/lake-watch";
import { Monitoring } from "../../../constructs/monitoring/monitoring";
import { composerTaskLog, jobLog } from "../../../constructs/monitoring/pipeline-log";
import { PipelineWatch } from "../../../constructs/monitoring/pipeline-watch";
import { WarehouseWatch } from "../../../constructs/monitoring/warehouse-watch";
import { dev, only, resources, synth } from "../synth";

const ALERT = "google_monitoring_alert_policy";
const monitored = (build: (monitoring: Monitoring) => void, emails: string[] = []) =>
  synth((stack) => {
    build(new Monitoring(stack, "monitoring", { environment: dev, emails }));
  });
const alertNamed = (json: any, text: RegExp) => resources(json, ALERT).find(({ display_name }) => text.test(display_name));
const dashboard = (json: any) => JSON.parse(only(json, "google_monitoring_dashboard").dashboard_json);
const tile = {
  title: "Bytes billed",
  metric: googleMetrics.bytesBilled,
  aggregation: { aligner: "ALIGN_SUM", periodMinutes: 60 },
} as const;

describe("Monitoring", () => {
  test("minimal: a dashboard, and nobody is told", () => {
    const json = monitored(() => {});

    expect(Object.keys(json.resource)).toEqual(["google_monitoring_dashboard"]);
    expect(dashboard(json).displayName).toBe("Trips platform (dev)");
  });

  test("tells every address of every alert, also of one that a later part adds", () => {
    const json = monitored(
      (monitoring) => {
        monitoring.addAlert("late", { ...tile, title: "Lag", whatToDo: "Add a consumer.", above: 5 });
      },
      ["one@example.com", "two@example.com"],
    );

    expect(resources(json, "google_monitoring_notification_channel")).toHaveLength(2);
    expect(only(json, ALERT).notification_channels).toHaveLength(2);
  });

  test("without the first address the second's channel stays as it is", () => {
    const addresses = (emails: string[]) => Object.keys(monitored(() => {}, emails).resource.google_monitoring_notification_channel);

    expect(addresses(["one@example.com", "two@example.com"])).toEqual(expect.arrayContaining(addresses(["two@example.com"])));
  });
});

describe("the dashboard", () => {
  test("has two charts in a row, and no zero in its places, which Google leaves out", () => {
    const { mosaicLayout } = dashboard(
      monitored((monitoring) => {
        for (const title of ["one", "two", "three", "four"]) monitoring.addTile({ ...tile, title });
      }),
    );

    expect(mosaicLayout.columns).toBe(48);
    expect(mosaicLayout.tiles.map(({ xPos, yPos, width, height }: any) => ({ xPos, yPos, width, height }))).toEqual([
      { width: 24, height: 16 },
      { xPos: 24, width: 24, height: 16 },
      { yPos: 16, width: 24, height: 16 },
      { xPos: 24, yPos: 16, width: 24, height: 16 },
    ]);
  });

  test("draws a metric by its groups", () => {
    const { mosaicLayout } = dashboard(
      monitored((monitoring) => {
        monitoring.addTile({ ...tile, plot: "STACKED_BAR", aggregation: { ...tile.aggregation, groupBy: ["metric.label.service"] } });
      }),
    );

    expect(mosaicLayout.tiles[0].widget).toEqual({
      title: "Bytes billed",
      xyChart: {
        dataSets: [
          {
            plotType: "STACKED_BAR",
            timeSeriesQuery: {
              timeSeriesFilter: {
                filter: 'metric.type = "bigquery.googleapis.com/query/scanned_bytes_billed" AND resource.type = "global"',
                aggregation: {
                  alignmentPeriod: "3600s",
                  perSeriesAligner: "ALIGN_SUM",
                  crossSeriesReducer: "REDUCE_SUM",
                  groupByFields: ["metric.label.service"],
                },
              },
            },
          },
        ],
      },
    });
  });
});

describe("an uptime check", () => {
  test("fetches over HTTPS, minds the certificate, and its alert watches this very check", () => {
    const json = monitored((monitoring) => {
      monitoring.addUptimeCheck("source", { title: "Files", host: "example.com", path: "/zones.csv", content: "LocationID" }, "Wait.");
    });

    const [id] = Object.keys(json.resource.google_monitoring_uptime_check_config);
    expect(only(json, "google_monitoring_uptime_check_config")).toMatchObject({
      monitored_resource: { type: "uptime_url", labels: { host: "example.com", project_id: "acme-dev" } },
      http_check: { path: "/zones.csv", port: 443, use_ssl: true, validate_ssl: true },
      content_matchers: [{ content: "LocationID", matcher: "CONTAINS_STRING" }],
      period: "900s",
      timeout: "10s",
    });
    const { condition_threshold } = only(json, ALERT).conditions[0];
    expect(condition_threshold.filter).toContain(
      `metric.label.check_id = "\${google_monitoring_uptime_check_config.${id}.uptime_check_id}"`,
    );
    expect(condition_threshold.aggregations[0]).toMatchObject({
      per_series_aligner: "ALIGN_NEXT_OLDER",
      cross_series_reducer: "REDUCE_COUNT_FALSE",
    });
  });

  test.each([
    ["a URL for a host", { host: "https://example.com" }, /must be a bare name like example\.com/],
    ["a path without a slash", { host: "example.com", path: "zones.csv" }, /must begin with a slash/],
  ])("with %s is refused", (_what, where, complaint) => {
    expect(() => monitored((monitoring) => monitoring.addUptimeCheck("source", { title: "Files", ...where }, "Wait."))).toThrow(complaint);
  });
});

describe("PipelineWatch", () => {
  const logs = { deliveries: jobLog("trips-ingest"), failures: composerTaskLog("trips-airflow") };
  const json = monitored((monitoring) => new PipelineWatch(monitoring, "pipelines", { logs, maxRejectedShare: 0.07, overdueDays: 60 }));

  test("tells of failures, rejected rows and silence", () => {
    expect(alertNamed(json, /Tasks/)).toMatchObject({ severity: "ERROR", conditions: [{ condition_threshold: { threshold_value: 0 } }] });
    expect(alertNamed(json, /^More than 7 % of/).conditions[0].condition_threshold).toMatchObject({
      threshold_value: 0.07,
      aggregations: [{ per_series_aligner: "ALIGN_PERCENTILE_99", cross_series_reducer: "REDUCE_MAX" }],
    });
    expect(alertNamed(json, /for 60 days/).conditions[0].condition_prometheus_query_language.query).toContain("[60d]");
  });

  test("one failed run is one incident, however many of its tasks failed", () => {
    const [aggregation] = alertNamed(json, /Tasks/).conditions[0].condition_threshold.aggregations;

    expect(aggregation).not.toHaveProperty("group_by_fields");
  });

  test("the limit of rejected rows is a bound of their distribution: else what lies just below would seem to be above", () => {
    const { bounds } = resources(json, "google_logging_metric").find(({ name }) => name === "trips-rejected-share").bucket_options
      .explicit_buckets;

    expect(bounds).toContain(0.07);
    expect(bounds).toEqual([...bounds].sort((one, other) => one - other));
  });

  test("needs no right of anybody's: the logs are written anyway", () => {
    expect(Object.keys(json.resource).filter((type) => /iam_member|metric_descriptor/.test(type))).toEqual([]);
  });
});

test("WarehouseWatch tells of bytes, given in GiB", () => {
  const json = monitored((monitoring) => new WarehouseWatch(monitoring, "warehouse", { maxGibibytesPerDay: 2 }));

  expect(alertNamed(json, /2 GiB/).conditions[0].condition_threshold).toMatchObject({
    threshold_value: 2_147_483_648,
    aggregations: [{ alignment_period: "86400s", per_series_aligner: "ALIGN_SUM" }],
  });
});

test("LakeWatch tells of a public grant whoever made it, and of others but the deployers'", () => {
  const json = monitored((monitoring) => {
    const { raw, clean } = new Lake(monitoring, "lake", { environment: dev });
    new LakeWatch(monitoring, "watch", { buckets: [raw, clean], deployers: ["ci@acme-dev.iam.gserviceaccount.com"] });
  });
  const filterOf = (text: RegExp): string => alertNamed(json, text).conditions[0].condition_matched_log.filter;

  expect(filterOf(/public/)).toMatch(/member = \("allUsers" OR "allAuthenticatedUsers"\)$/);
  expect(filterOf(/public/)).not.toContain("ci@acme-dev");
  expect(filterOf(/by hand/)).toMatch(
    /NOT protoPayload\.authenticationInfo\.principalEmail = \("ci@acme-dev\.iam\.gserviceaccount\.com"\)$/,
  );
  for (const filter of [filterOf(/public/), filterOf(/by hand/)]) {
    expect(filter).toMatch(/^log_id\("cloudaudit\.googleapis\.com\/activity"\)/);
    expect(filter).toMatch(/bucket_name = \("\$\{google_storage_bucket\.\w+\.name\}" OR "\$\{google_storage_bucket\.\w+\.name\}"\)/);
  }
});

test("KeyWatch tells of keys made and uploaded, for any account", () => {
  const alert = only(
    monitored((monitoring) => new KeyWatch(monitoring, "keys")),
    ALERT,
  );

  expect(alert.severity).toBe("CRITICAL");
  expect(alert.conditions[0].condition_matched_log.filter).toBe(
    [
      'log_id("cloudaudit.googleapis.com/activity")',
      'resource.type = "service_account"',
      'protoPayload.methodName = ("google.iam.admin.v1.CreateServiceAccountKey" OR "google.iam.admin.v1.UploadServiceAccountKey")',
    ].join("\nAND "),
  );
});
