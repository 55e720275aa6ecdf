import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KafkaAddresses } from "../../embedded/engines/kafka/kafka-options";
import { withAdmin } from "../../embedded/engines/kafka/topics";
import { clusterState } from "../../scripts/streaming/cluster-state";
import { Lake } from "../../constructs/lake/lake";
import { Dataset } from "../../constructs/warehouse/dataset";
import { StreamTable } from "../../constructs/warehouse/stream-table";
import { rideEvent } from "../../contracts/events";
import { dev, resources, synth } from "../constructs/synth";
import { emptyParquetFolder } from "../constructs/warehouse/empty-parquet-folder";
import { kafkaHere, type KafkaHere } from "./kafka-here";
import { ask, type MadeRides, makeRides, sinkToLake } from "./sink-here";
import { describeStreaming } from "./tools";

/** Ten in `npm run test:faults`, which takes its time. */
const { SEEDS = 2 } = globalThis as { SEEDS?: number };

/** Batches so small that a few thousand rides are many of them. */
const SMALL = ["--flush-records", "700"];

describeStreaming("rides from Kafka to the lake", () => {
  let kafka: KafkaHere;
  let addresses: KafkaAddresses;
  let made: MadeRides;
  const folders: string[] = [];

  const lagOf = async (group: string) => {
    const { groups } = await withAdmin(addresses.bootstrapServers, clusterState);
    return groups.find(({ name }) => name === group)?.lag;
  };

  const clean = () => {
    const folder = mkdtempSync(join(tmpdir(), "lake-sink-"));
    folders.push(folder);
    return folder;
  };
  /** A group that is new forgets what was committed to Kafka, and needn't wait until it misses the killed one. */
  const group = (...names: (string | number)[]) => ["--group", `trips-${names.join("-")}`];

  beforeAll(async () => {
    kafka = await kafkaHere();
    addresses = await kafka.engine.start();
    made = await makeRides(addresses, "--count", "4000", "--seed", "5", "--poison", "3", "--marks", "6");
  });
  afterAll(async () => {
    await kafka.remove();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  const FAULTS = ["lake:record-read", "lake:file-written", "lake:before-standing", "lake:after-standing"] as const;
  // Up to so many times does each come by in a whole run: 4000 records, 6 partitions and 48 hours in batches of 700.
  const TIMES = { "lake:record-read": 4000, "lake:file-written": 280, "lake:before-standing": 30, "lake:after-standing": 30 };

  test.each(Array.from({ length: SEEDS }, (_none, seed) => seed))(
    "killed again and again (seed %i), it puts each ride on the lake exactly once, whatever Kafka remembers",
    async (seed) => {
      const folder = clean();
      const chance = random(seed);
      let kills = 0;
      for (let attempt = 0; attempt < 3; attempt++) {
        const point = FAULTS[Math.floor(chance() * FAULTS.length)] ?? FAULTS[0];
        const time = 1 + Math.floor(chance() * (TIMES[point] / 3));
        const { signal } = await sinkToLake(addresses, folder, [...SMALL, ...group(seed, attempt)], `${point}#${String(time)}`);
        kills += signal === "SIGKILL" ? 1 : 0;
      }
      expect(kills).toBeGreaterThan(0);
      const last = await sinkToLake(addresses, folder, [...SMALL, ...group(seed, 3)]);
      expect(last).toMatchObject({ code: 0 });

      const rows = await ask<{ id: string; n: number }>(
        `select event_id as id, count(*) as n from read_parquet('${folder}/rides/**/*.parquet') group by all order by all`,
      );
      expect(rows.map(({ id }) => id)).toEqual(made.event_ids);
      expect(rows.filter(({ n }) => n !== 1)).toEqual([]);
    },
  );

  test("what lies there has the contract's types, and is as it was sent", async () => {
    const folder = clean();
    expect(await sinkToLake(addresses, folder, group("types"))).toMatchObject({ code: 0 });
    const files = `read_parquet('${folder}/rides/**/*.parquet', hive_partitioning = true, hive_types = {'hour': VARCHAR})`;

    const types = await ask<{ column_name: string; column_type: string }>(`describe select * from ${files}`);
    expect(Object.fromEntries(types.map(({ column_name, column_type }) => [column_name, column_type]))).toMatchObject({
      pickup_datetime: "TIMESTAMP",
      total_amount: "DECIMAL(12,2)",
      produced_at: "TIMESTAMP WITH TIME ZONE",
    });
    const answer = await ask<{ zone_hour: string; pickups: number; revenue: string }>(
      `select pickup_zone_id || '|' || hour || ':00' as zone_hour, count(*) as pickups, coalesce(sum(total_amount), 0)::varchar as revenue
       from ${files} group by all`,
    );
    expect(Object.fromEntries(answer.map(({ zone_hour, pickups, revenue }) => [zone_hour, [pickups, Number(revenue).toFixed(2)]]))).toEqual(
      made.zone_hours,
    );
  });

  test("a second run finds nothing to do, and says what the first put aside", async () => {
    const folder = clean();
    const first = await sinkToLake(addresses, folder, group("twice"));
    expect(JSON.parse(first.output)).toMatchObject({ records: 4009, rides: 4000, dead_letters: 3, missed: 0 });
    expect(JSON.parse((await sinkToLake(addresses, folder, group("twice"))).output)).toMatchObject({ records: 0, files: 0 });
  });

  test("killed in a group, it goes on in the same one, and the lag is seen to be gone", async () => {
    const folder = clean();
    const killed = await sinkToLake(addresses, folder, [...SMALL, ...group("lag")], "lake:after-standing#3");
    expect(killed.signal).toBe("SIGKILL");
    expect(await sinkToLake(addresses, folder, [...SMALL, ...group("lag")])).toMatchObject({ code: 0 });
    expect(await lagOf("trips-lag")).toEqual([{ topic: "trips.rides", records: 0 }]);
  });

  test("two at once share the partitions and lose nothing", async () => {
    const folder = clean();
    const ends = await Promise.all([1, 2].map(() => sinkToLake(addresses, folder, [...SMALL, ...group("two")])));
    expect(ends.map(({ code, errors }) => [code, code === 0 ? "" : errors])).toEqual(ends.map(() => [0, ""]));
    const [counted] = await ask(
      `select count(*) as rides, count(distinct event_id) as ids from read_parquet('${folder}/rides/**/*.parquet')`,
    );
    expect(counted).toEqual({ rides: 4000, ids: 4000 });
  });

  test("files without a word of how far they go are left alone", async () => {
    const folder = clean();
    await sinkToLake(addresses, folder, group("lost"));
    const before = readdirSync(join(folder, "rides"), { recursive: true }).length;
    rmSync(join(folder, "_standing"), { recursive: true });
    const ended = await sinkToLake(addresses, folder, group("lost"));
    expect(ended).toMatchObject({ code: 1, errors: expect.stringContaining("nothing says how far they go") as string });
    expect(readdirSync(join(folder, "rides"), { recursive: true })).toHaveLength(before);
  });

  test("rides that a producer sends again from the beginning are in the files twice, and in the warehouse's view once", async () => {
    const folder = clean();
    await makeRides(addresses, "--count", "4000", "--seed", "5");
    expect(await sinkToLake(addresses, folder, group("again"))).toMatchObject({ code: 0 });
    const files = `read_parquet('${folder}/rides/**/*.parquet', hive_partitioning = true, hive_types = {'hour': VARCHAR})`;
    expect(await ask(`select count(*) as rides from ${files}`)).toEqual([{ rides: 8000 }]);
    const view = viewQuery().replace(/`[^`]+`/, files);
    expect(await ask(`select count(*) as rides, count(distinct event_id) as ids from (${view})`)).toEqual([{ rides: 4000, ids: 4000 }]);
  });

  test("a topic that isn't there, and brokers and a registry that don't answer, are said", async () => {
    const folder = clean();
    expect(await sinkToLake(addresses, folder, ["--topic", "trips.nothing"])).toMatchObject({
      code: 1,
      errors: expect.stringContaining("there is no such topic") as string,
    });
    const nobody = { ...addresses, bootstrapServers: "127.0.0.1:1" };
    expect(await sinkToLake(nobody, folder)).toMatchObject({ code: 75, errors: expect.stringContaining("no broker answers") as string });
    const silent = { ...addresses, registryUrl: "http://127.0.0.1:1" };
    expect(await sinkToLake(silent, folder, ["--patience-seconds", "3"])).toMatchObject({
      code: 75,
      errors: expect.stringContaining("http://127.0.0.1:1") as string,
    });
    expect(readFileSync(join(folder, "_standing", readdirSync(join(folder, "_standing"))[0] ?? "", "next.json"), "utf8")).toContain(
      '"next_offset": 0',
    );
  });
});

/** The view's SQL, as it is deployed. */
function viewQuery(): string {
  const json = synth((stack) => {
    const dataset = new Dataset(stack, "dataset", { environment: dev, datasetId: "trips_lake", description: "External tables." });
    const bucket = new Lake(stack, "lake", { environment: dev }).clean;
    const emptyParquet = join(emptyParquetFolder, "ride_event.parquet");
    const event = { name: "rides_stream", event: rideEvent, idField: "event_id", sentField: "produced_at", folder: "rides_stream/rides" };
    new StreamTable(stack, "rides", { environment: dev, dataset, bucket, emptyParquet, ...event });
  });
  const [view] = resources(json, "google_bigquery_table").filter(({ table_id }) => table_id === "rides_stream");
  return view.view.query as string;
}

/** Mulberry32: the same numbers for the same seed. */
function random(seed: number): () => number {
  let state = seed * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
