import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { promisify } from "node:util";
import { Decoder } from "../../pipelines/streaming/avro/decoder";
import type { RideEvent } from "../../pipelines/streaming/avro/schemas";
import { SchemaRegistry } from "../../pipelines/streaming/avro/schema-registry";
import type { Cluster } from "../../pipelines/streaming/client/cluster";
import { follow } from "../../pipelines/streaming/consumer/follow";
import { lag } from "../../pipelines/streaming/consumer/lag";
import { readToEnd } from "../../pipelines/streaming/consumer/read-to-end";
import { partitionOf } from "../../pipelines/streaming/producer/murmur2";
import { RecordSender } from "../../pipelines/streaming/producer/record-sender";
import { replay } from "../../pipelines/streaming/producer/replay";
import type { RidesSource } from "../../pipelines/streaming/producer/rides";
import { cleanMonth } from "./clean-month";
import { until } from "./cluster";
import { type KafkaHere, kafkaHere } from "./kafka-here";
import { describeStreaming } from "./tools";

const RIDES = 60_000;
const ROOT = join(__dirname, "../..");

describeStreaming("producer and consumer", () => {
  let kafka: KafkaHere;
  let cluster: Cluster;
  let rides: RidesSource;
  const never = new AbortController().signal;

  beforeAll(async () => {
    kafka = await kafkaHere();
    cluster = await kafka.engine.start();
    rides = await cleanMonth(kafka.folder, RIDES);
  });
  afterAll(() => kafka.remove());

  /** All rides in the topic, decoded, with their partitions. */
  async function sent(): Promise<(RideEvent & { partition: number; key: string })[]> {
    const decoder = new Decoder(new SchemaRegistry({ url: cluster.registryUrl }));
    const events = [];
    for await (const { partition, key, value } of readToEnd(cluster, "trips.rides", never)) {
      if (value!.toString() === "no Avro") continue;
      events.push({ ...((await decoder.decode(value!)) as RideEvent), partition, key: key!.toString() });
    }
    return events;
  }

  test("a broker that is killed and comes back loses no ride, doubles none, and changes no order", async () => {
    let [isKilled, sawTrouble] = [false, false];
    let comesBack: Promise<unknown> | undefined;
    const summary = await replay({
      rides,
      cluster,
      signal: never,
      rate: 12_000,
      onProgress: ({ acknowledged }) => {
        if (isKilled || acknowledged < RIDES / 5) return;
        isKilled = true;
        comesBack = kafka.kill("kafka-1").then(() => kafka.engine.start());
      },
      onTrouble: (trouble) => (sawTrouble ||= trouble !== undefined),
    });
    await comesBack;
    expect({ ...summary, isKilled, sawTrouble }).toMatchObject({ acknowledged: RIDES, isWhole: true, isKilled: true, sawTrouble: true });

    const events = await sent();
    const [ofRides, marks] = [
      events.filter(({ event_type }) => event_type === "ride"),
      events.filter(({ event_type }) => event_type !== "ride"),
    ];
    expect(ofRides).toHaveLength(RIDES);
    expect(new Set(ofRides.map(({ event_id }) => event_id)).size).toBe(RIDES);
    expect(
      ofRides.every(
        ({ key, partition, pickup_zone_id }) => key === String(pickup_zone_id) && partition === partitionOf(Buffer.from(key), 6),
      ),
    ).toBe(true);
    for (let partition = 0; partition < 6; partition += 1) {
      const times = ofRides.filter((event) => event.partition === partition).map(({ pickup_datetime }) => pickup_datetime);
      expect(times).toEqual([...times].sort((a, b) => a - b));
    }
    // The last ride is of 2020-03-31 between 23:00 and 24:00.
    const closes = Date.UTC(2020, 3, 1, 2) * 1000;
    expect(marks.map(({ partition, key, pickup_datetime }) => [partition, key, pickup_datetime]).sort()).toEqual(
      [0, 1, 2, 3, 4, 5].map((partition) => [partition, "0", closes]),
    );
    const negative = ofRides.find(({ fare_amount }) => fare_amount === -250);
    expect(negative!.pickup_datetime % 1_000_000).toBe(1);
    expect(ofRides.filter(({ dropoff_zone_id }) => dropoff_zone_id === null)).toHaveLength(RIDES / 10);
  });

  test("Java's own consumer reads keys and values that were compressed here", async () => {
    const { stdout } = await promisify(execFile)(
      (await import("./tools")).tools().java,
      [
        ...["-Xmx128m", "-Dorg.slf4j.simpleLogger.defaultLogLevel=error", "-cp", `${(await import("./tools")).tools().libs}/*`],
        ...["org.apache.kafka.tools.consumer.ConsoleConsumer", "--bootstrap-server", cluster.bootstrapServers, "--topic", "trips.rides"],
        ...["--from-beginning", "--max-messages", String(RIDES), "--timeout-ms", "60000", "--property", "print.key=true"],
        ...["--property", "print.value=false"],
      ],
      { maxBuffer: 64 * 1024 * 1024 },
    );
    expect(stdout.trimEnd().split("\n")).toHaveLength(RIDES);
  });

  test("zones are sent before, and again without harm", async () => {
    const decoder = new Decoder(new SchemaRegistry({ url: cluster.registryUrl }));
    const zones = new Map<string, unknown>();
    for await (const { key, value } of readToEnd(cluster, "trips.zones", never)) zones.set(key!.toString(), await decoder.decode(value!));
    expect([...zones.keys()].sort()).toEqual(["1", "132", "264"]);
    expect(zones.get("264")).toMatchObject({ zone_id: 264, borough: "Unknown", zone: null });
  });

  test("what can't be decoded is put aside with its origin, and the rest is read", async () => {
    const bad = new RecordSender({ cluster, topic: "trips.rides", partitions: 6, signal: never });
    bad.add({ key: Buffer.from("1"), value: Buffer.from("no Avro"), headers: new Map([[Buffer.from("trace"), Buffer.from("7")]]) });
    await bad.drained();
    await bad.close();

    const stop = new AbortController();
    let read = 0;
    const following = follow({
      ...{ cluster, topic: "trips.rides", group: "trips-poison", fromBeginning: true, signal: stop.signal },
      onRecord: () => (read += 1),
    });
    await until(
      "all is committed",
      () => lag(cluster, "trips-poison", "trips.rides"),
      (lags) => lags.every((each) => each.lag === 0),
    );
    stop.abort();
    await following;

    const letters = [];
    for await (const letter of readToEnd(cluster, "trips.dead-letter", never)) letters.push(letter);
    expect(read).toBe(RIDES + 6);
    expect(letters.map(({ key, value }) => [key!.toString(), value!.toString()])).toEqual([["1", "no Avro"]]);
    expect(Object.fromEntries(letters[0]!.headers.map(([name, value]) => [name, value.toString()]))).toEqual({
      trace: "7",
      topic: "trips.rides",
      partition: "3",
      offset: expect.stringMatching(/^\d+$/),
      program: "trips-poison",
      reason: "the first byte is 110, not 0: no id of a schema",
    });
  });

  test("dead letters are read as they are, and not put aside again", async () => {
    const stop = new AbortController();
    const [read, putAside]: [string[], string[]] = [[], []];
    const following = follow({
      ...{ cluster, topic: "trips.dead-letter", group: "trips-letters", fromBeginning: true, signal: stop.signal },
      onRecord: ({ record, value }) => read.push(`${String(value)} ${record.value!.toString()}`),
      onUndecodable: (_record, reason) => putAside.push(reason),
    });
    await until(
      "all is committed",
      () => lag(cluster, "trips-letters", "trips.dead-letter"),
      (lags) => read.length > 0 && lags.every((each) => each.lag === 0),
    );
    stop.abort();
    expect(await following).toBe(true);
    expect([read, putAside]).toEqual([["null no Avro"], []]);
  });

  test("members share partitions; those of one that is killed go to the other, and every record is read", async () => {
    const begin = ["--group", "trips-shared", "--from-beginning", "--format", "json"];
    const victim = command("consume", begin);
    await until(
      "the first has all",
      () => Promise.resolve(victim.said()),
      (said) => said.includes("partitions of this member: 0, 1, 2, 3, 4, 5"),
    );
    const stop = new AbortController();
    const ids = new Set<string>();
    let mine: readonly string[] = [];
    const following = follow({
      ...{ cluster, topic: "trips.rides", group: "trips-shared", fromBeginning: true, signal: stop.signal },
      onRecord: ({ value }) => ids.add(value?.event_id as string),
      onAssigned: (partitions) => (mine = partitions),
    });
    await until(
      "they share",
      () => Promise.resolve(mine.length),
      (count) => count === 3,
    );
    victim.child.kill("SIGKILL");
    await until(
      "the other has all",
      () => Promise.resolve(mine.length),
      (count) => count === 6,
    );
    await until(
      "all is committed",
      () => lag(cluster, "trips-shared", "trips.rides"),
      (lags) => lags.every((each) => each.lag === 0),
    );
    stop.abort();
    await following;
    for (const [, id = ""] of victim.said().matchAll(/"event_id":"([^"]+)"/g)) ids.add(id);
    expect(ids.size).toBe(RIDES + 6);
  });

  test("the command tells how far it is, stops at Ctrl-C with a summary, and sends no mark then", async () => {
    const before = await sent();
    const producing = command("produce", ["--month", "2020-03", "--rate", "2000", "--lake", rides.clean]);
    await until(
      "some are sent",
      () => Promise.resolve(producing.said()),
      (said) => /[\d,]+ of 60,000 {2}[\d,]+ events\/s {2}2020-03-/.test(said),
    );
    producing.child.kill("SIGINT");
    const [code] = (await once(producing.child, "exit")) as [number];
    expect(producing.said()).toContain("60,000 of them are of before 2020-04-01 00:00: what the topic holds has closed those hours");
    expect(producing.said()).toMatch(/Stopped: [\d,]+ events in .* of 60,000\. No mark was sent/);
    expect(code).toBe(130);
    const after = await sent();
    const marks = (events: typeof before) => events.filter(({ event_type }) => event_type !== "ride").length;
    expect(after.length).toBeGreaterThan(before.length);
    expect(marks(after)).toBe(marks(before));
  });

  function command(name: string, args: readonly string[]) {
    const where = ["--bootstrap", cluster.bootstrapServers, "--registry", cluster.registryUrl];
    const child = spawn(process.execPath, ["--import", "tsx", join(ROOT, "scripts/commands", `${name}.ts`), ...args, ...where], {
      cwd: ROOT,
    });
    let text = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
    return { child, said: () => text };
  }
});
