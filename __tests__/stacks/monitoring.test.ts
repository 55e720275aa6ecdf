import { Testing } from "cdktf";
import { resolve } from "node:path";
import type { Configuration } from "../../config/configuration";
import { loadConfigurations } from "../../config/load";
import { environmentFile } from "../../config/schema";
import { BootstrapStack } from "../../stacks/bootstrap-stack";
import { PlatformStack } from "../../stacks/platform-stack";
import { resources } from "../constructs/synth";
import { unknownMetrics } from "../constructs/monitoring/unknown-metrics";

const ALERT = "google_monitoring_alert_policy";
const root = resolve(__dirname, "../..");
const folder = resolve(__dirname, "../fixtures/config");

const configured = (sections: object): Configuration => {
  const [configuration] = loadConfigurations({ folder, root, variables: {} });
  const { monitoring, bootstrap, orchestration, network } = environmentFile.parse(sections);
  return { ...configuration!, monitoring, bootstrap, orchestration, network };
};

/** The dev stack with what a file's section `monitoring` says, and other sections. */
function synth(section: object = {}, others: object = {}): any {
  const configuration = configured({ monitoring: section, ...others });
  return JSON.parse(Testing.synth(new PlatformStack(Testing.app(), "dev", configuration), true));
}
/** Airflow in the cloud, which runs the pipelines there. */
const composer = {
  orchestration: {
    kind: "composer",
    jobs: { image: `europe-west1-docker.pkg.dev/acme-trips-dev/trips/pipelines@sha256:${"0".repeat(64)}` },
  },
};
const apis = (json: any): string[] => resources(json, "google_project_service").map(({ service }) => service);
const textOf = (json: any): string => JSON.stringify(resources(json, ALERT).map(({ conditions }) => conditions));

describe("monitoring as configured", () => {
  test("by default: five alerts, each on a metric that exists, one dashboard, one uptime check, and nobody is told", () => {
    const json = synth();

    expect(resources(json, ALERT)).toHaveLength(5);
    expect(unknownMetrics(json)).toEqual([]);
    expect(resources(json, "google_monitoring_dashboard")).toHaveLength(1);
    expect(resources(json, "google_monitoring_uptime_check_config")).toMatchObject([
      { monitored_resource: { labels: { host: "d37ci6vzurychx.cloudfront.net" } } },
    ]);
    expect(resources(json, "google_monitoring_notification_channel")).toEqual([]);
    expect(apis(json)).toEqual(expect.arrayContaining(["monitoring.googleapis.com", "logging.googleapis.com"]));
  });

  test("the settings reach the alerts", () => {
    const settings = {
      emails: ["data@example.com"],
      billedGibibytesPerDay: 1,
      rejectedShare: 0.03,
      overdueDays: 60,
      deployers: ["ci@example.iam.gserviceaccount.com"],
      uptimeCheck: { host: "example.com", path: "/files", content: "parquet", periodMinutes: 5 },
    };
    const json = synth(settings, composer);

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

  test("the pipelines are watched where something in the cloud runs them, by what they log: nobody gets a right for it", () => {
    const pipelines = (json: any) => [
      resources(json, "google_logging_metric").length,
      resources(json, ALERT).filter(({ display_name }) => /Tasks of the pipelines|of a delivery|No delivery/.test(display_name)).length,
    ];
    const writers = (json: any) =>
      resources(json, "google_project_iam_member")
        .filter(({ role }) => /logWriter|metricWriter/.test(role))
        .map(({ member }) => member);
    const [idle, running, unwatched] = [synth(), synth({}, composer), synth({ pipelines: false }, composer)];

    expect([idle, running, unwatched].map(pipelines)).toEqual([
      [0, 0],
      [4, 3],
      [0, 0],
    ]);
    expect(writers(running)).toEqual(writers(unwatched));
    expect(unknownMetrics(running)).toEqual([]);
  });

  test("what landed is read from the log of ingest's own job, what failed from the tasks' of this Airflow", () => {
    const json = synth({}, composer);
    const filterOf = (name: string): string => resources(json, "google_logging_metric").find((metric) => metric.name === name).filter;
    const [job] = resources(json, "google_cloud_run_v2_job").filter(({ name }) => /ingest/.test(name));

    expect(filterOf("trips-deliveries")).toContain(`resource.labels.job_name = "${job.name}"`);
    expect(filterOf("trips-task-failures")).toMatch(/environment_name = "\$\{google_composer_environment\.\w+\.name\}"/);
  });

  test("CI's grants raise no alert, where the bootstrap lets CI deploy", () => {
    const bootstrap = { github: { ownerId: "1", repositoryId: "2", repository: "acme/trips" } };
    const deployer = resources(
      JSON.parse(Testing.synth(new BootstrapStack(Testing.app(), "dev-bootstrap", configured({ bootstrap })), true)),
      "google_service_account",
    ).find(({ account_id }) => /deploy/.test(account_id));
    const filter = `NOT protoPayload.authenticationInfo.principalEmail = (\\"me@example.com\\" OR \\"${deployer.account_id}@acme-trips-dev.iam.gserviceaccount.com\\")`;
    const deployers = ["me@example.com"];

    expect(textOf(synth({ deployers }, { bootstrap }))).toContain(filter);
    expect(textOf(synth({ deployers }))).not.toContain(deployer.account_id);
  });

  test("switched off, nothing of it is left, not even its API", () => {
    const json = synth({ enabled: false });

    expect(Object.keys(json.resource).filter((type) => /monitoring|logging_metric/.test(type))).toEqual([]);
    expect(apis(json)).not.toContain("monitoring.googleapis.com");
  });

  test("without the uptime check, its alert is gone too", () => {
    expect(resources(synth({ uptimeCheck: { enabled: false } }), ALERT)).toHaveLength(4);
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
