import { Testing } from "cdktf";
import { resolve } from "node:path";
import { loadConfigurations } from "../../config/load";
import { environmentFile } from "../../config/schema";
import { PlatformStack } from "../../stacks/platform-stack";
import { resources } from "../constructs/synth";
import { unknownMetrics } from "../constructs/monitoring/unknown-metrics";

const ALERT = "google_monitoring_alert_policy";
const root = resolve(__dirname, "../..");
const folder = resolve(__dirname, "../fixtures/config");

/** The dev stack with what a file's section `monitoring` says. */
function synth(section: object = {}): any {
  const [configuration] = loadConfigurations({ folder, root, variables: {} });
  const { monitoring } = environmentFile.parse({ monitoring: section });
  return JSON.parse(Testing.synth(new PlatformStack(Testing.app(), "dev", { ...configuration!, monitoring }), true));
}
const apis = (json: any): string[] => resources(json, "google_project_service").map(({ service }) => service);
const textOf = (json: any): string => JSON.stringify(resources(json, ALERT).map(({ conditions }) => conditions));

describe("monitoring as configured", () => {
  test("by default: eight alerts, each on a metric that exists, one dashboard, one uptime check, and nobody is told", () => {
    const json = synth();

    expect(resources(json, ALERT)).toHaveLength(8);
    expect(unknownMetrics(json)).toEqual([]);
    expect(resources(json, "google_monitoring_dashboard")).toHaveLength(1);
    expect(resources(json, "google_monitoring_uptime_check_config")).toMatchObject([
      { monitored_resource: { labels: { host: "d37ci6vzurychx.cloudfront.net" } } },
    ]);
    expect(resources(json, "google_monitoring_notification_channel")).toEqual([]);
    expect(apis(json)).toEqual(expect.arrayContaining(["monitoring.googleapis.com", "logging.googleapis.com"]));
  });

  test("the settings reach the alerts", () => {
    const json = synth({
      emails: ["data@example.com"],
      billedGibibytesPerDay: 1,
      rejectedShare: 0.03,
      overdueDays: 60,
      deployers: ["ci@example.iam.gserviceaccount.com"],
      uptimeCheck: { host: "example.com", path: "/files", content: "parquet", periodMinutes: 5 },
    });

    for (const part of ["1073741824", "0.03", "[60d]", "ci@example.iam.gserviceaccount.com"]) expect(textOf(json)).toContain(part);
    expect(resources(json, ALERT).every(({ notification_channels }) => notification_channels.length === 1)).toBe(true);
    expect(resources(json, "google_monitoring_uptime_check_config")).toMatchObject([
      {
        monitored_resource: { labels: { host: "example.com" } },
        http_check: { path: "/files" },
        content_matchers: [{ content: "parquet" }],
        period: "300s",
      },
    ]);
  });

  test("switched off, nothing of it is left, not even its API", () => {
    const json = synth({ enabled: false });

    expect(Object.keys(json.resource).filter((type) => /monitoring|logging_metric/.test(type))).toEqual([]);
    expect(apis(json)).not.toContain("monitoring.googleapis.com");
  });

  test("without the uptime check, its alert is gone too", () => {
    expect(resources(synth({ uptimeCheck: { enabled: false } }), ALERT)).toHaveLength(7);
  });

  test.each([
    [{ emails: ["nobody"] }, "an e-mail address"],
    [{ rejectedShare: 2 }, "a share from 0 to 1"],
    [{ billedGibibytesPerDay: 0 }, "more than 0 GiB"],
    [{ overdueDays: 400 }, "at most 365 days"],
    [{ uptimeCheck: { host: "https://example.com" } }, "a bare host such as"],
    [{ uptimeCheck: { path: "files" } }, "a path that begins with a slash"],
    [{ uptimeCheck: { periodMinutes: 2 } }, "expected one of 1|5|10|15"],
  ])("%j is refused", (section, complaint) => {
    expect(() => synth(section)).toThrow(complaint);
  });
});
