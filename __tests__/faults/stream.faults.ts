import { DuckDBInstance } from "@duckdb/node-api";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { delimiter, join, resolve } from "node:path";
import { readRunning } from "../../embedded/engines/kafka/running-file";
import type { Cluster } from "../../pipelines/streaming/client/cluster";
import { compare, type ZoneHour } from "../../pipelines/streaming/comparison/zone-hour";
import { lag, type PartitionLag } from "../../pipelines/streaming/consumer/lag";
import { monthFiles, type RidesSource } from "../../pipelines/streaming/producer/rides";
import { compileStreams } from "../../scripts/streaming/compile-streams";
import { resetStreams } from "../../scripts/streaming/reset-streams";
import { finals } from "../../scripts/streaming/stream-month";
import { cleanMonth } from "../streaming/clean-month";
import { until } from "../streaming/cluster";
import { type KafkaHere, kafkaHere } from "../streaming/kafka-here";
import { randomFrom } from "../streaming/made-rides";
import { sinkToLake } from "../streaming/sink-here";
import { tools } from "../streaming/tools";

jest.setTimeout(600_000);

const root = resolve(__dirname, "../..");
const RIDES = 20_000;

/** So slow that all of them are killed while rides still come. */
const RATE = "4000";
const VICTIMS = ["producer", "broker", "application", "sink"] as const;
type Victim = (typeof VICTIMS)[number];

/** A program that is started again when it was killed. */
class Program {
  private child: ChildProcess | undefined;
  private said = "";

  constructor(
    private readonly command: string,
    private readonly args: readonly string[],
    private readonly variables: Record<string, string> = {},
  ) {}

  public start(): void {
    this.child = spawn(this.command, this.args, { cwd: root, env: { ...process.env, ...this.variables } });
    for (const stream of [this.child.stdout, this.child.stderr]) stream?.on("data", (text: Buffer) => (this.said += text.toString()));
  }

  public async end(signal: NodeJS.Signals): Promise<void> {
    if (this.child === undefined || this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, "exit");
    this.child.kill(signal);
    await ended;
  }

  /** Resolves when it has ended well. */
  public async finished(): Promise<void> {
    const { child } = this;
    if (child?.exitCode === null && child.signalCode === null) await once(child, "exit");
    if (child?.exitCode !== 0) throw new Error(`It ended with ${String(child?.exitCode)}: ${this.said}`);
  }
}

describe("a month through Kafka, while its programs are killed", () => {
  let kafka: KafkaHere;
  let cluster: Cluster;
  let rides: RidesSource;
  let classes: string;
  let batch: readonly ZoneHour[];

  beforeAll(async () => {
    kafka = await kafkaHere();
    cluster = await kafka.engine.start();
    rides = await cleanMonth(kafka.folder, RIDES);
    classes = await compileStreams(tools(), join(kafka.folder, "classes"));
    batch = await countedBySql([...monthFiles(rides).values()]);
  });
  afterAll(() => kafka.remove());

  const startApplication = () => kafka.engine.startApplication({ classes, main: "streams.Main" });
  const behind = (group: string) => lag(cluster, group, "trips.rides");
  /** What was ever written to the topic. */
  const written = async (): Promise<number> => sum(await behind("trips-nobody"), ({ end }) => Number(end));
  const here = () => ["--bootstrap", cluster.bootstrapServers, "--registry", cluster.registryUrl];

  test.each(Array.from({ length: 10 }, (_none, seed) => seed))(
    "each is killed once, in an order and at offsets by seed %i: the answer is SQL's, and the lake has every record once",
    async (seed) => {
      await resetStreams(kafka.engine, { classes, input: true });
      await startApplication();
      const lake = join(kafka.folder, `lake-${String(seed)}`);
      const group = `trips-lake-${String(seed)}`;
      const producer = new Program(process.execPath, [
        ...["--import", "tsx", "scripts/commands/produce.ts", "--month", rides.month, "--lake", rides.clean, "--rate", RATE],
        ...here(),
      ]);
      const python = [join(root, "pipelines/streaming/sinks/src"), join(root, "pipelines/ingest/src")].join(delimiter);
      const sink = new Program(
        join(root, ".embedded/python/data/bin/python"),
        ["-m", "sinks", "lake", ...here(), "--to", lake, "--group", group, "--flush-records", "700"],
        { PYTHONPATH: python },
      );
      const kill: Record<Victim, () => Promise<void>> = {
        producer: async () => {
          await producer.end("SIGKILL");
          producer.start();
        },
        sink: async () => {
          await sink.end("SIGKILL");
          sink.start();
        },
        broker: async () => {
          process.kill(readRunning(kafka.folder)!.pids["kafka-1"]!, "SIGKILL");
          await kafka.engine.start();
        },
        application: async () => {
          process.kill(kafka.engine.application.running()!.pid, "SIGKILL");
          await startApplication();
        },
      };

      const chance = randomFrom(seed + 1);
      const order = [...VICTIMS].map((victim) => ({ victim, at: chance() })).sort((one, other) => one.at - other.at);
      const from = await written();
      producer.start();
      sink.start();
      for (const { victim, at } of order) {
        const offset = from + Math.floor((0.1 + 0.8 * at) * RIDES);
        await until(`${String(offset)} records are there`, written, (count) => count >= offset);
        await kill[victim]();
      }
      await producer.finished();
      // It may have found no broker for too long: whoever looks after it starts it again.
      await startApplication();
      await until(
        "the application has counted all",
        () => behind("trips-streams"),
        (all) => sum(all, (each) => each.lag) === 0,
      );
      await sink.end("SIGTERM");
      expect(await sinkToLake(cluster as never, lake, ["--group", group])).toMatchObject({ code: 0 });

      expect(compare(await finals(cluster, new AbortController().signal), batch)).toMatchObject({ equal: true, pickups: RIDES });
      expect(await onLake(lake)).toEqual({ rides: RIDES, twice: 0 });
    },
  );
});

const sum = (partitions: readonly PartitionLag[], of: (partition: PartitionLag) => number): number =>
  partitions.reduce((total, partition) => total + of(partition), 0);

async function ask<Row>(sql: string): Promise<Row[]> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRowObjectsJS() as unknown as Row[];
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const countedBySql = (files: readonly string[]): Promise<ZoneHour[]> =>
  ask<ZoneHour>(`
    select pickup_zone_id::double as "zoneId", strftime(date_trunc('hour', pickup_datetime), '%Y-%m-%dT%H:%M') as hour,
      count(*)::double as pickups, (coalesce(sum(total_amount), 0) * 100)::double as "revenueCents"
    from read_parquet([${files.map((file) => `'${file}'`).join(", ")}]) group by all`);

/** Rides on the lake, and how many places of the topic it has more than once: a ride that was sent twice has two places. */
async function onLake(folder: string) {
  const files = `read_parquet('${folder}/rides/**/*.parquet', filename = true)`;
  const [found] = await ask<{ rides: number; twice: number }>(`
    select count(distinct event_id)::double as rides,
      (select count(*)::double from (select event_id, produced_at from ${files} group by all having count(*) > 1)) as twice
    from ${files}`);
  return found;
}
