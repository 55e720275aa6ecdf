import { ConfigResourceTypes } from "@platformatic/kafka";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { withAdmin } from "../../embedded/engines/kafka/topics";
import type { RideEvent, ZoneHour } from "../../pipelines/streaming/avro/schemas";
import { localText } from "../../pipelines/streaming/avro/schemas";
import { compileStreams } from "../../scripts/streaming/compile-streams";
import { resetStreams } from "../../scripts/streaming/reset-streams";
import { until } from "./cluster";
import { kafkaHere, type KafkaHere } from "./kafka-here";
import { countedBySql, MADE_ZONES, makeRides, withRepeats } from "./made-rides";
import { RidesTopic } from "./rides-topic";
import { describeStreaming, tools } from "./tools";

const UPDATES = "trips.pickups-per-zone";
const FINALS = "trips.pickups-per-zone.final";

const keyOf = ({ pickup_zone_id: zone, window_start: start }: ZoneHour): string => `${String(zone)}|${localText(start).slice(0, 16)}`;
const told = (hour: ZoneHour): string => `${keyOf(hour)} ${String(hour.pickups)} ${String(hour.revenue)}`;

describeStreaming("the stream application, with a broker and a registry", () => {
  const rides = makeRides(6000, 72, 7);
  const last = Math.max(...rides.map(({ pickup_datetime: pickup }) => pickup));
  let kafka: KafkaHere;
  let classes: string;
  let topic: RidesTopic;

  const application = () => kafka.engine.application;
  const start = () => kafka.engine.startApplication({ classes, main: "streams.Main" });
  const kill = async () => {
    process.kill(application().running()!.pid, "SIGKILL");
    const isGone = () => Promise.resolve(application().running() === undefined);
    await until("the application is gone", isGone, (gone) => gone);
  };
  const finals = async () => (await topic.answers(FINALS)).map(told).sort();
  const bySql = (some: readonly RideEvent[] = rides) => countedBySql(some, join(kafka.folder, "rides.csv"));

  beforeAll(async () => {
    kafka = await kafkaHere();
    topic = await RidesTopic.of(await kafka.engine.start());
    classes = await compileStreams(tools(), join(kafka.folder, "classes"));
    await topic.sendZones(MADE_ZONES.filter((zone) => zone !== 264));
    await start();
  });
  afterAll(() => kafka.remove());

  test("killed twice in the midst, and sent the beginning again: every ride is counted once, every window final once", async () => {
    const sent = withRepeats(rides, 8);
    const third = Math.floor(sent.length / 3);
    await topic.send(sent.slice(0, third));
    await until(
      "there are first updates",
      async () => (await topic.records(UPDATES)).length,
      (count) => count > 0,
    );
    await kill();

    // The producer is killed, too, and begins anew: what it has sent before is repeated, or too late.
    await topic.send(sent.slice(0, 2 * third));
    await start();
    await until(
      "there are final results",
      async () => (await topic.records(FINALS)).length,
      (count) => count > 0,
    );
    await kill();

    await topic.send(sent);
    await topic.mark(last);
    await start();
    await topic.isThrough();

    expect(await finals()).toEqual(await bySql());
  });

  test("what it remembers isn't dropped by the age of the rides, which is that of a replayed month", async () => {
    const settings = await withAdmin(kafka.engine.addresses.bootstrapServers, async (admin) => {
      const resources = ["seen", "tallies"].map((store) => ({
        resourceType: ConfigResourceTypes.TOPIC,
        resourceName: `trips-streams-${store}-changelog`,
      }));
      const described = await admin.describeConfigs({ resources });
      return described.map(({ configs }) => new Map(configs.map(({ name, value }) => [name, value])));
    });
    const [seen, tallies] = settings;
    expect(seen!.get("message.timestamp.type")).toBe("LogAppendTime");
    expect([tallies!.get("retention.ms"), tallies!.get("message.timestamp.type")]).toEqual(["-1", "CreateTime"]);
  });

  test("the last update of each window says what is final, with names where the zone is known", async () => {
    const updates = await topic.answers(UPDATES);
    expect([...new Map(updates.map((hour) => [keyOf(hour), told(hour)])).values()].sort()).toEqual(await bySql());
    const names = new Map((await topic.answers(FINALS)).map((hour) => [hour.pickup_zone_id, hour.zone]));
    expect(names.get(132)).toBe("Zone 132");
    expect(names.get(264)).toBeNull();
  });

  test("what it can't read is put aside with where from and why, once, and it goes on", async () => {
    const poison = Buffer.from("no Avro at all");
    await topic.sendBytes(132, poison);
    await topic.isThrough();

    const letters = await topic.records("trips.dead-letter");
    expect(letters.map(({ key, value }) => [String(key), String(value)])).toEqual([["132", "no Avro at all"]]);
    expect(Object.fromEntries(letters[0]!.headers.map(([name, value]) => [name, value.toString()]))).toMatchObject({
      topic: "trips.rides",
      partition: String(topic.partitionOf(132)),
      program: "trips-streams",
      reason: "the value doesn't begin with a zero and a schema's number",
    });
    expect(application().running()).toBeDefined();
  });

  test("reset, it counts all rides anew, with the same results", async () => {
    const before = await finals();
    await resetStreams(kafka.engine, { classes });
    expect(await topic.records(FINALS)).toEqual([]);

    await start();
    await topic.isThrough();
    expect(await finals()).toEqual(before);
  });

  test("a mark closes the windows of its own partition, and of no other", async () => {
    await resetStreams(kafka.engine, { classes, input: true });
    await start();
    const [one, other] = [132, MADE_ZONES.find((zone) => topic.partitionOf(zone) !== topic.partitionOf(132))!];
    const few = rides.filter(({ pickup_zone_id: zone }) => zone === one || zone === other).slice(0, 20);
    await topic.send(few);
    await topic.mark(last, [topic.partitionOf(one)]);
    await topic.isThrough();
    const open = (await bySql(few)).filter((line) => line.startsWith(`${String(other)}|`)).length;
    const closed = await finals();
    expect(closed.filter((line) => line.startsWith("132|"))).toEqual((await bySql(few)).filter((line) => line.startsWith("132|")));
    expect(closed.filter((line) => !line.startsWith("132|")).length).toBeLessThan(open);

    await topic.mark(last);
    await topic.isThrough();
    expect(await finals()).toEqual(await bySql(few));
  });

  test("told to stop it finishes, and says what it has counted", async () => {
    const { log } = application();
    expect(await kafka.engine.stopApplication()).toBe(true);
    expect(await promisify(execFile)("tail", ["-n", "5", log]).then(({ stdout }) => stdout)).toMatch(
      /Rides since the start: \{counted=20,/,
    );
  });
});
