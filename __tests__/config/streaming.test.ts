import { kafka } from "../../config/parts/kafka";
import { streaming } from "../../config/parts/streaming";
import { environmentFile } from "../../config/schema";

const problems = (settings: object): string[] =>
  (kafka.safeParse(settings).error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);

test("by default nothing streams; switched on it is one small broker", () => {
  const { kind, kafka: settings } = streaming.parse({});
  expect(kind).toBe("none");
  expect(settings).toMatchObject({ brokers: 1, machineType: "e2-medium", zones: ["b"], diskGigabytes: 20, nights: { enabled: false } });
});

test.each<[object, string]>([
  [{ brokers: 2 }, "brokers: 1 broker, or 3 so that one may fail: 2 and 4 have no better majority than 1 and 3"],
  [{ brokers: 4 }, "brokers: 1 broker, or 3 so that one may fail: 2 and 4 have no better majority than 1 and 3"],
  [{ replication: 3 }, "replication: at most as many copies as brokers"],
  [
    { machineType: "e2-small" },
    "machineType: a machine with at least 4 GB of memory, which broker and system need: write e2-medium or more",
  ],
  [{ machineType: "big" }, "machineType: a machine type such as e2-medium or e2-standard-2"],
  [{ zones: ["europe-west1-b"] }, "zones.0: the letter of a zone such as b"],
  [{ zones: ["b", "b"] }, "zones: each zone once"],
  [{ zones: [] }, "zones: at least one zone"],
  [{ diskGigabytes: 5 }, "diskGigabytes: at least 10 GB"],
  [{ nights: { stop: "* * * * *" } }, "nights.stop: minute, hour, day, month and weekday such as 0 20 * * *, at most once an hour"],
  [{ nights: { timeZone: "Brussels" } }, "nights.timeZone: a name of the tz database such as Europe/Brussels"],
])("%j is refused, with what is expected", (settings, problem) => {
  expect(problems(settings)).toEqual([problem]);
});

test("brokers may be switched off by the clock, and on by hand only", () => {
  expect(problems({ nights: { enabled: true, start: "" } })).toEqual([]);
});

test.each([{ enabled: false }, { nat: false }])("Kafka isn't offered while the network is %j", (network) => {
  const { error } = environmentFile.safeParse({ network, spark: { kind: "none" }, streaming: { kind: "kafka" } });
  expect(error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`)).toEqual([
    "streaming.kind: pubsub or none while network.enabled or network.nat is false, since brokers have private addresses only and fetch what they run: write network: {enabled: true, nat: true}",
  ]);
});
