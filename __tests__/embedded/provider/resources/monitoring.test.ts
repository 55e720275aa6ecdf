import * as path from "node:path";
import type { ValueObject } from "../../../../embedded/provider/protocol/value";
import { temporaryFolder } from "../temporary-folder";
import { TerraformCore } from "../terraform-core";

const CHANNEL = "google_monitoring_notification_channel";
const DESCRIPTOR = "google_monitoring_metric_descriptor";
const POLICY = "google_monitoring_alert_policy";
const DASHBOARD = "google_monitoring_dashboard";
const CHECK = "google_monitoring_uptime_check_config";
const folder = temporaryFolder();
let count = 0;
const newCore = () => new TerraformCore("google", path.join(folder, String(count++)), { project: "acme-dev" });

const email: ValueObject = { type: "email", display_name: "Data platform", labels: { email_address: "data@example.com" } };
const share: ValueObject = {
  type: "custom.googleapis.com/trips/rejected_share",
  metric_kind: "GAUGE",
  value_type: "DOUBLE",
  labels: [{ key: "service" }],
};
const threshold = (metric: string): ValueObject => ({
  filter: `metric.type = "${metric}" AND resource.type = "global"`,
  comparison: "COMPARISON_GT",
  threshold_value: 5,
  duration: "0s",
  aggregations: [{ alignment_period: "600s", per_series_aligner: "ALIGN_SUM", cross_series_reducer: "REDUCE_SUM" }],
});
const onThreshold = (each: ValueObject): ValueObject => ({
  display_name: "Much billed",
  combiner: "OR",
  conditions: [{ display_name: "much", condition_threshold: [each] }],
});
const billed = onThreshold(threshold("bigquery.googleapis.com/query/scanned_bytes_billed"));
const onLogs: ValueObject = {
  display_name: "A key was made",
  combiner: "OR",
  conditions: [{ display_name: "key", condition_matched_log: [{ filter: 'protoPayload.methodName = "x"' }] }],
  alert_strategy: [{ auto_close: "86400s", notification_rate_limit: [{ period: "3600s" }] }],
};
const page = (tiles: object[]): ValueObject => ({
  dashboard_json: JSON.stringify({ displayName: "Trips", mosaicLayout: { columns: 48, tiles } }),
});
const check: ValueObject = {
  display_name: "Trip files of the TLC",
  timeout: "10s",
  monitored_resource: [{ type: "uptime_url", labels: { host: "example.com", project_id: "acme-dev" } }],
  http_check: [{ use_ssl: true, path: "/zones.csv" }],
};

describe.each<[string, ValueObject, ValueObject]>([
  [CHANNEL, email, { ...email, display_name: "Others" }],
  [DESCRIPTOR, share, { ...share, description: "Share of rejected rows" }],
  [POLICY, billed, { ...billed, severity: "ERROR" }],
  [DASHBOARD, page([]), page([{ width: 24 }])],
  [CHECK, check, { ...check, period: "900s" }],
])("%s", (type, config, changed) => {
  test("is created, planned again without a change, updated under its id, replaced in another project, and destroyed", () => {
    const core = newCore();
    const state = core.create(type, config);
    const updated = core.apply(type, changed, state);

    expect(updated.id).toBe(state.id);
    expect(updated).not.toEqual(state);
    expect(core.plan(type, changed, updated).action).toBe("nothing");
    expect(core.plan(type, { ...config, project: "acme-prod" }, state)).toMatchObject({ action: "replace", replacedBy: ["project"] });
    expect(core.destroy(type, updated)).toBeUndefined();
    expect(core.read(type, updated)).toBeNull();
  });

  test("a creation that is repeated finds the same object", () => {
    const core = newCore();

    expect(core.create(type, config).id).toBe(core.create(type, config).id);
    expect(core.catalog.list(type)).toHaveLength(1);
  });
});

describe("google_monitoring_notification_channel", () => {
  test("gets a number, and a secret label is hidden", () => {
    const core = newCore();

    expect(core.create(CHANNEL, email)).toMatchObject({
      name: expect.stringMatching(/^projects\/acme-dev\/notificationChannels\/\d+$/),
      enabled: true,
      force_delete: false,
    });
    const labels = core.provider
      .GetSchema()
      .resource_schemas[CHANNEL]!.block.block_types!.find((one) => one.type_name === "sensitive_labels");
    expect(labels?.block.attributes.find(({ name }) => name === "auth_token")?.sensitive).toBe(true);
  });

  test("that alerts go to is destroyed only when it is told to, and the alerts lose it", () => {
    const core = newCore();
    const channel = core.create(CHANNEL, email);
    const policy = core.create(POLICY, { ...billed, notification_channels: [channel.name ?? null] });

    expect(core.destroy(CHANNEL, channel)).toMatch(/"Data platform" is told of alerts \("Much billed" for one\).*force_delete = true/);
    expect(core.destroy(CHANNEL, { ...channel, force_delete: true })).toBeUndefined();
    expect(core.read(POLICY, policy)).toMatchObject({ notification_channels: [], display_name: "Much billed" });
  });

  test("an e-mail channel without an address is refused", () => {
    expect(newCore().complaints(CHANNEL, { ...email, labels: {} })).toEqual([expect.stringMatching(/label email_address/)]);
  });
});

describe("google_monitoring_metric_descriptor", () => {
  test("has its type in its name", () => {
    expect(newCore().create(DESCRIPTOR, share)).toMatchObject({
      id: "projects/acme-dev/metricDescriptors/custom.googleapis.com/trips/rejected_share",
      labels: [{ key: "service", value_type: "STRING" }],
    });
  });

  test.each([
    ["a label", { ...share, labels: [] }, "labels"],
    ["another kind of value", { ...share, value_type: "INT64" }, "value_type"],
    ["another type", { ...share, type: "custom.googleapis.com/trips/rejected" }, "type"],
  ])("is replaced by %s", (_what, changed, by) => {
    const core = newCore();

    expect(core.plan(DESCRIPTOR, changed, core.create(DESCRIPTOR, share))).toMatchObject({ action: "replace", replacedBy: [by] });
  });

  test("a type of Google's own is refused, and so is an unknown kind", () => {
    expect(newCore().complaints(DESCRIPTOR, { ...share, type: "bigquery.googleapis.com/mine" })).toEqual([
      expect.stringMatching(/one's own/),
    ]);
    expect(newCore().complaints(DESCRIPTOR, { ...share, metric_kind: "LEVEL" })).toEqual([expect.stringMatching(/one of GAUGE/)]);
  });
});

describe("google_monitoring_alert_policy", () => {
  test("names itself and its condition", () => {
    const state = newCore().create(POLICY, { ...onLogs, documentation: [{ content: "Ask who did it." }] });

    expect(state.name).toMatch(/^projects\/acme-dev\/alertPolicies\/\d+$/);
    expect(state).toMatchObject({ enabled: true, documentation: [{ mime_type: "text/markdown" }] });
    expect(state.conditions).toMatchObject([{ name: `${String(state.name)}/conditions/1` }]);
  });

  test.each([
    ["custom.googleapis.com/trips/rejected_share", DESCRIPTOR, share],
    ["logging.googleapis.com/user/failures", "google_logging_metric", { name: "failures", filter: "severity >= ERROR" }],
  ])("on %s is refused before the metric is there", (metric, type, config) => {
    const core = newCore();
    const policy = onThreshold(threshold(metric));

    expect(() => core.apply(POLICY, policy)).toThrow(/Cannot find metric\(s\) that match type/);
    core.create(type, config);
    expect(core.create(POLICY, policy).id).not.toBe("");
  });

  test("a metric in PromQL has to be there as well", () => {
    const conditions = [{ display_name: "quiet", condition_prometheus_query_language: [{ query: '{"custom.googleapis.com/a/b"} < 1' }] }];

    expect(() => newCore().apply(POLICY, { ...billed, conditions })).toThrow(/match type = .*custom\.googleapis\.com\/a\/b/);
  });

  test("drift is read and healed", () => {
    const core = newCore();
    const state = core.create(POLICY, billed);
    core.catalog.put(POLICY, { ...core.catalog.get(POLICY, String(state.id))!, enabled: false } as { id: string });

    expect(core.plan(POLICY, billed, core.read(POLICY, state))).toMatchObject({ action: "update", state: { enabled: true } });
  });

  test.each<[string, ValueObject, RegExp]>([
    ["a condition of no kind", { ...billed, conditions: [{ display_name: "none" }] }, /exactly one of condition_absent/],
    ["a filter without a resource", onThreshold({ ...threshold("a"), filter: 'metric.type = "a"' }), /"much" must name a resource\.type/],
    [
      "a comparison that Google doesn't make",
      onThreshold({ ...threshold("a"), comparison: "COMPARISON_EQ" }),
      /"COMPARISON_EQ" must be one of/,
    ],
    ["half a minute", onThreshold({ ...threshold("a"), duration: "30s" }), /duration "30s" of "much" must be seconds that make whole/],
    ["an unknown severity", { ...billed, severity: "FATAL" }, /"FATAL" must be one of CRITICAL/],
    ["logs without a limit", { ...onLogs, alert_strategy: [{ auto_close: "86400s" }] }, /needs a notification_rate_limit/],
    ["a limit without logs", { ...billed, alert_strategy: onLogs.alert_strategy ?? null }, /Only a condition on log entries may/],
    ["closing at once", { ...billed, alert_strategy: [{ auto_close: "60s" }] }, /from 1800s/],
  ])("refuses %s", (_what, config, complaint) => {
    expect(newCore().complaints(POLICY, config)).toEqual([expect.stringMatching(complaint)]);
  });
});

describe("google_monitoring_dashboard", () => {
  test("isn't changed by white space, order, or what Google added to it", () => {
    const core = newCore();
    const state = core.create(DASHBOARD, page([{ width: 24, height: 16 }]));
    const layout = { tiles: [{ height: 16, width: 24, yPos: 0 }], columns: 48, etag: "7" };
    const asGoogleHasIt = {
      ...state,
      dashboard_json: JSON.stringify({ mosaicLayout: layout, displayName: "Trips", name: "projects/1" }, null, 2),
    };

    expect(core.plan(DASHBOARD, page([{ width: 24, height: 16 }]), asGoogleHasIt).action).toBe("nothing");
    expect(core.plan(DASHBOARD, page([{ width: 24, height: 8 }]), asGoogleHasIt).action).toBe("update");
    expect(core.plan(DASHBOARD, page([]), asGoogleHasIt).action).toBe("update");
  });

  test("what isn't the JSON of a dashboard is refused", () => {
    expect(newCore().complaints(DASHBOARD, { dashboard_json: "{" })).toEqual([expect.stringMatching(/must be the JSON/)]);
    expect(newCore().complaints(DASHBOARD, { dashboard_json: "{}" })).toEqual([expect.stringMatching(/"displayName"/)]);
  });
});

describe("google_monitoring_uptime_check_config", () => {
  test("fills in port, checkers and its id", () => {
    const state = newCore().create(CHECK, check);

    expect(state).toMatchObject({ period: "300s", checker_type: "STATIC_IP_CHECKERS", http_check: [{ port: 443, request_method: "GET" }] });
    expect(state.name).toBe(`projects/acme-dev/uptimeCheckConfigs/${String(state.uptime_check_id)}`);
    expect(state.uptime_check_id).toMatch(/^trip-files-of-the-tlc-/);
  });

  test("another host replaces it, a path without a slash is the same path", () => {
    const core = newCore();
    const state = core.create(CHECK, check);

    const moved = { ...check, monitored_resource: [{ type: "uptime_url", labels: { host: "example.org", project_id: "acme-dev" } }] };
    expect(core.plan(CHECK, moved, state)).toMatchObject({ action: "replace", replacedBy: ["monitored_resource"] });
    expect(core.plan(CHECK, { ...check, http_check: [{ use_ssl: true, path: "zones.csv" }] }, state).action).toBe("nothing");
  });

  test("isn't destroyed before its alert", () => {
    const core = newCore();
    const state = core.create(CHECK, check);
    const filter = `metric.type = "monitoring.googleapis.com/uptime_check/check_passed" AND resource.type = "uptime_url" AND metric.label.check_id = "${String(state.uptime_check_id)}"`;
    const policy = core.create(POLICY, onThreshold({ ...threshold("a"), filter }));

    expect(core.destroy(CHECK, state)).toMatch(/has an alert \("Much billed"\): destroy it first/);
    expect(core.destroy(POLICY, policy)).toBeUndefined();
    expect(core.destroy(CHECK, state)).toBeUndefined();
  });

  test.each([
    ["a period that Google doesn't offer", { ...check, period: "120s" }, /"120s" must be one of 60s/],
    ["waiting for minutes", { ...check, timeout: "90s" }, /"90s" must be 1s to 60s/],
    ["nothing to check", { ...check, monitored_resource: [] }, /Exactly one of monitored_resource/],
    ["no host", { ...check, monitored_resource: [{ type: "uptime_url", labels: {} }] }, /label host/],
  ])("refuses %s", (_what, config, complaint) => {
    expect(newCore().complaints(CHECK, config)).toEqual([expect.stringMatching(complaint)]);
  });
});
