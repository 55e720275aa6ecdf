import { defaultCredentials } from "../../../operations/google/credentials";
import { GoogleApi } from "../../../operations/google/google-api";
import { configured } from "../doctor/surroundings";
import { quotaNeeds, shortages } from "../../../operations/google/quotas";
import { GoogleDouble, refusal } from "./double";

const signal = new AbortController().signal;
const credentials = { kind: "a test", token: () => Promise.resolve("ya29.good") };
let double: GoogleDouble;
beforeEach(async () => {
  double = new GoogleDouble();
  await double.start();
});
afterEach(() => double.stop());

const google = () => new GoogleApi({ credentials, signal, endpoint: double.endpoint, patience: 1 });

test("calls bear the token, and pages are put together", async () => {
  double.on("GET", /^storage\/b$/, ({ query }) => ({
    body: query.get("pageToken") === "2" ? { items: ["b"] } : { items: ["a"], nextPageToken: "2" },
  }));

  expect(await google().list("storage/b?project=x", "items")).toEqual(["a", "b"]);
  expect(double.calls.map(({ headers, query }) => [headers.authorization, query.get("project")])).toEqual([
    ["Bearer ya29.good", "x"],
    ["Bearer ya29.good", "x"],
  ]);
});

test("what Google couldn't answer for the moment is asked again", async () => {
  const replies = [refusal(503, "try again"), refusal(429, "slowly"), { body: { fine: true } }];
  double.on("POST", /^iam\/x$/, () => replies.shift());

  expect(await google().post("iam/x", { a: 1 })).toEqual({ fine: true });
  expect(double.calls.map(({ body }) => body)).toEqual([{ a: 1 }, { a: 1 }, { a: 1 }]);
});

test("what it refuses is asked once, and says what is missing", async () => {
  double.on("GET", /^iam\/x$/, refusal(403, "Permission denied", "IAM_PERMISSION_DENIED", { permission: "iam.roles.get" }));

  await expect(google().get("iam/x?secret=1")).rejects.toMatchObject({
    status: 403,
    missingPermission: "iam.roles.get",
    message: "GET iam/x: Permission denied",
  });
  expect(double.calls).toHaveLength(1);
});

test("an API that is off is named; so is the permission where only the text tells it, in the form of the older APIs", async () => {
  double.on("GET", /^compute\/x$/, refusal(403, "off", "SERVICE_DISABLED", { service: "compute.googleapis.com" }));
  double.on("GET", /^storage\/x$/, {
    status: 403,
    body: { error: { code: 403, message: "a@b does not have permission 'storage.buckets.get' on x", errors: [{ reason: "forbidden" }] } },
  });

  await expect(google().get("compute/x")).rejects.toMatchObject({ disabledService: "compute.googleapis.com" });
  await expect(google().get("storage/x")).rejects.toMatchObject({ reason: "forbidden", missingPermission: "storage.buckets.get" });
});

test("no answer is an error in words", async () => {
  await double.stop();
  const api = new GoogleApi({ credentials, signal, endpoint: "http://127.0.0.1:9", patience: 1 });

  await expect(api.get("iam/x")).rejects.toMatchObject({ reason: "NO_ANSWER", message: expect.stringContaining("Is there a network") });
});

test("a token from the environment goes before all else", async () => {
  const found = await defaultCredentials({ GOOGLE_OAUTH_ACCESS_TOKEN: "ya29.given", GOOGLE_CLOUD_QUOTA_PROJECT: "acme-dev" });

  expect([await found.token(), found.quotaProject]).toEqual(["ya29.given", "acme-dev"]);
});

describe("quotas", () => {
  const needs = quotaNeeds(
    configured(({ spark }) => {
      spark.kind = "cluster";
      spark.cluster = { ...spark.cluster, masters: 1, workers: 2, spotWorkers: 1, diskType: "pd-ssd", diskGigabytes: 100 };
      spark.cluster.masterMachineType = "n2-standard-4";
      spark.cluster.workerMachineType = "e2-custom-2-8192";
    }),
  );

  test("a cluster's machines and disks are summed up", () => {
    expect(needs.map(({ metric, needed }) => [metric, needed])).toEqual(
      expect.arrayContaining([
        ["CPUS", 4 + 3 * 2],
        ["SSD_TOTAL_GB", 400],
      ]),
    );
  });

  /** Paths of all settings that name a type of machine, wherever they are. */
  const machineTypes = (value: unknown, path = ""): string[] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => machineTypes(inner, path === "" ? key : `${path}.${key}`))
      : /machineType$/i.test(path)
        ? [path.split(".")[0]!]
        : [];

  test("every part that has machines is counted, with the disks that they boot from", () => {
    const all = configured(({ spark, orchestration, streaming }) => {
      spark.kind = "cluster";
      orchestration.kind = "vm";
      streaming.kind = "kafka";
      streaming.kafka = { ...streaming.kafka, brokers: 3, machineType: "e2-standard-2", diskGigabytes: 50, diskType: "pd-standard" };
    });
    const by: Record<string, string> = { spark: "Spark's cluster", orchestration: "Airflow's machine", streaming: "Kafka's brokers" };
    const found = quotaNeeds(all);

    expect(new Set(found.map((need) => need.by))).toEqual(new Set([...new Set(machineTypes(all))].map((part) => by[part])));
    expect(found.filter((need) => need.by === "Kafka's brokers").map(({ metric, needed }) => [metric, needed])).toEqual([
      ["CPUS", 3 * 2],
      ["SSD_TOTAL_GB", 3 * 20],
      ["DISKS_TOTAL_GB", 3 * 50],
    ]);
    expect(shortages(found, [{ metric: "CPUS", limit: 1, usage: 0 }])[0]!.by).toBe("Spark's cluster, Airflow's machine, Kafka's brokers");
  });

  test("what is used counts, and what fits isn't named", () => {
    const quotas = [
      { metric: "CPUS", limit: 24, usage: 0 },
      { metric: "SSD_TOTAL_GB", limit: 500, usage: 200 },
    ];

    expect(shortages(needs, quotas)).toEqual([expect.objectContaining({ metric: "SSD_TOTAL_GB", needed: 400, left: 300 })]);
  });
});
