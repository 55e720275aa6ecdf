import { delimiter, join, resolve } from "node:path";
import type { KafkaAddresses } from "../../embedded/engines/kafka/kafka-options";
import { compare, type ZoneHour } from "../../pipelines/streaming/comparison/zone-hour";
import { lag } from "../../pipelines/streaming/consumer/lag";
import { monthFiles, type RidesSource } from "../../pipelines/streaming/producer/rides";
import { compileStreams } from "../../scripts/streaming/compile-streams";
import { resetStreams } from "../../scripts/streaming/reset-streams";
import { finals } from "../../scripts/streaming/stream-month";
import { untilThrough } from "../../scripts/streaming/until-through";
import { cleanMonth } from "../streaming/clean-month";
import { until } from "../streaming/cluster";
import { type KafkaHere, kafkaHere } from "../streaming/kafka-here";
import { randomFrom } from "../streaming/made-rides";
import { ask, sinkToLake } from "../streaming/sink-here";
import { describeStreaming, tools } from "../streaming/tools";
import { Program } from "./program";

jest.setTimeout(600_000);

const root = resolve(__dirname, "../..");
const RIDES = 20_000;

/** Rides in a second: so slow that all are killed while rides still come. */
const RATE = "4000";
const VICTIMS = ["producer", "broker", "application", "sink"] as const;
type Victim = (typeof VICTIMS)[number];

describeStreaming("a month through Kafka, while its programs are killed", () => {
  let kafka: KafkaHere;
  let cluster: KafkaAddresses;
  let rides: RidesSource;
  let classes: string;
  let batch: readonly ZoneHour[];
  let programs: readonly Program[] = [];

  beforeAll(async () => {
    kafka = await kafkaHere();
    cluster = await kafka.engine.start();
    rides = await cleanMonth(kafka.folder, RIDES);
    classes = await compileStreams(tools(), join(kafka.folder, "classes"));
    batch = await countedBySql([...monthFiles(rides).values()]);
  });
  afterEach(() => {
    for (const program of programs) program.remove();
  });
  afterAll(() => kafka.remove());

  const startApplication = () => kafka.engine.startApplication({ classes, main: "streams.Main" });
  /** What was ever written to the topic. */
  const written = async () => (await lag(cluster, "trips-nobody", "trips.rides")).reduce((total, { end }) => total + Number(end), 0);
  const here = () => ["--bootstrap", cluster.bootstrapServers, "--registry", cluster.registryUrl];
  const produce = () => [
    ...["--import", "tsx", "scripts/commands/produce.ts", "--month", rides.month, "--lake", rides.clean, "--rate", RATE],
    ...here(),
  ];
  const sinkTo = (lake: string, group: string) => [
    "-m",
    "sinks",
    "lake",
    ...here(),
    "--to",
    lake,
    "--group",
    group,
    "--flush-records",
    "700",
  ];
  const python = [join(root, "pipelines/streaming/sinks/src"), join(root, "pipelines/ingest/src")].join(delimiter);

  /** Sends all from the beginning; resolves when it sends, so that what is killed next is killed then. */
  const send = async (producer: Program) => {
    const before = await written();
    producer.start();
    await until("rides are sent", written, (count) => count > before);
  };

  test.each(Array.from({ length: 10 }, (_none, seed) => seed))(
    "each is killed once, in an order and at offsets by seed %i: the answer is SQL's, and the lake has every record once",
    async (seed) => {
      await resetStreams(kafka.engine, { classes, input: true });
      await startApplication();
      const [lake, group] = [join(kafka.folder, `lake-${String(seed)}`), `trips-lake-${String(seed)}`];
      const producer = new Program(process.execPath, produce());
      const sink = new Program(join(root, ".embedded/python/data/bin/python"), sinkTo(lake, group), { PYTHONPATH: python });
      programs = [producer, sink];
      const kill: Record<Victim, () => Promise<unknown>> = {
        producer: async () => {
          // Once a broker is back the producer catches up, and may be done before: then it is killed as it sends all again.
          if (!producer.runs) await producer.finished().then(() => send(producer));
          await producer.end("SIGKILL");
          await send(producer);
        },
        sink: async () => {
          await sink.end("SIGKILL");
          sink.start();
        },
        broker: () => kafka.kill("kafka-1").then(() => kafka.engine.start()),
        application: () => kafka.kill("kafka-streams").then(startApplication),
      };

      const chance = randomFrom(seed + 1);
      const order = VICTIMS.map((victim) => ({ victim, at: chance() })).sort((one, other) => one.at - other.at);
      const from = await written();
      sink.start();
      await send(producer);
      for (const { victim, at } of order) {
        const offset = from + Math.floor((0.1 + 0.8 * at) * RIDES);
        await until(`${String(offset)} records are there`, written, (count) => count >= offset);
        await kill[victim]();
      }
      await producer.finished();
      const signal = new AbortController().signal;
      const { application } = kafka.engine;
      await untilThrough(cluster, () => (application.running() ? undefined : application.log), signal);
      await sink.end("SIGTERM");
      expect(await sinkToLake(cluster, lake, ["--group", group])).toMatchObject({ code: 0 });

      expect(compare(await finals(cluster, signal), batch)).toMatchObject({ equal: true, pickups: RIDES });
      expect(await onLake(lake)).toEqual({ rides: RIDES, twice: 0 });
    },
  );
});

const countedBySql = (files: readonly string[]): Promise<ZoneHour[]> =>
  ask<ZoneHour>(`
    select pickup_zone_id::double as "zoneId", strftime(date_trunc('hour', pickup_datetime), '%Y-%m-%dT%H:%M') as hour,
      count(*)::double as pickups, (coalesce(sum(total_amount), 0) * 100)::double as "revenueCents"
    from read_parquet([${files.map((file) => `'${file}'`).join(", ")}]) group by all`);

/** Rides on the lake, and how many of what was sent lie there more than once: a ride that was sent twice was sent at two times. */
async function onLake(folder: string): Promise<unknown> {
  const files = `read_parquet('${folder}/rides/**/*.parquet', filename = true)`;
  const [found] = await ask(`
    select count(distinct event_id) as rides,
      (select count(*) from (select event_id, produced_at from ${files} group by all having count(*) > 1)) as twice
    from ${files}`);
  return found;
}
