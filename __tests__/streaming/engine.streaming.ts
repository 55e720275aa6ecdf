import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { performance } from "node:perf_hooks";
import { join } from "node:path";
import { kafkaJson } from "../../contracts/render/kafka";
import type { KafkaAddresses } from "../../embedded/engines/kafka/kafka-options";
import { markOf } from "../../embedded/engines/kafka/process-mark";
import { runningServices } from "../../embedded/engines/kafka/stop";
import { applyTopics, withAdmin } from "../../embedded/engines/kafka/topics";
import { clusterState } from "../../scripts/streaming/cluster-state";
import { type KafkaHere, kafkaHere } from "./kafka-here";
import { received, send } from "./records";
import { describeStreaming } from "./tools";

const { topics } = kafkaJson(1);
const SCHEMA = { type: "record", name: "ride", fields: [{ name: "id", type: "string" }] };

describeStreaming("Kafka of the embedded cloud, one broker", () => {
  let kafka: KafkaHere;
  let cluster: KafkaAddresses;

  beforeAll(async () => {
    kafka = await kafkaHere();
    cluster = await kafka.engine.start();
  });
  afterAll(() => kafka.remove());

  const processOf = (name: string) => runningServices(kafka.folder).find((service) => service.name === name)!.pid;
  const state = () => withAdmin(cluster.bootstrapServers, clusterState);
  const registry = (path: string, body?: unknown, method = "POST") =>
    fetch(`${cluster.registryUrl}/${path}`, {
      method: body === undefined ? "GET" : method,
      headers: { "Content-Type": "application/vnd.schemaregistry.v1+json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const schema = (fields: readonly unknown[]) => ({ schema: JSON.stringify({ ...SCHEMA, fields }) });

  test("has the topics that are described, whole, and nobody else sees it", async () => {
    const { topics: made, brokers } = await state();

    expect(brokers).toEqual([1]);
    expect(made.map(({ name, partitions }) => [name, partitions.length])).toEqual(
      topics.map(({ name, partitions }) => [name, partitions]).sort(),
    );
    expect(made.flatMap(({ partitions }) => partitions).every(({ leader, inSync }) => leader === 1 && inSync.length === 1)).toBe(true);
    expect(cluster.bootstrapServers).toBe(`127.0.0.1:${String(kafka.ports.clients[0])}`);
  });

  test("what runs well is found so at once", async () => {
    const before = runningServices(kafka.folder);
    const began = performance.now();

    await kafka.engine.start();

    // Far below what one start of Java takes, whatever else goes on here.
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(runningServices(kafka.folder)).toEqual(before);
    expect(JSON.parse(readFileSync(join(kafka.folder, "kafka/running.json"), "utf8"))).toMatchObject({
      ...cluster,
      pids: { "kafka-1": processOf("kafka-1"), "kafka-registry": processOf("kafka-registry") },
    });
  });

  test("a killed broker and a killed registry come back with what they held; what still runs is left alone", async () => {
    await send(cluster, "trips.rides", 3, ["one", "two"]);
    // A group, since Kafka keeps those in a topic of its own.
    const offsets = [{ name: "trips.rides", partitionOffsets: [{ partition: 3, offset: 1n }] }];
    await withAdmin(cluster.bootstrapServers, (admin) => admin.alterConsumerGroupOffsets({ groupId: "viewers", topics: offsets }));
    const { id } = (await (await registry("subjects/rides-value/versions", schema(SCHEMA.fields))).json()) as { id: number };
    await kafka.kill("kafka-1");
    const untouched = processOf("kafka-registry");
    await kafka.engine.start();
    expect(processOf("kafka-registry")).toBe(untouched);
    expect(await received(cluster, "trips.rides")).toEqual(["one", "two"]);
    expect((await state()).groups).toEqual([{ name: "viewers", state: "EMPTY", lag: [{ topic: "trips.rides", records: 1 }] }]);

    await kafka.kill("kafka-registry");
    const broker = processOf("kafka-1");
    await kafka.engine.start();
    expect(processOf("kafka-1")).toBe(broker);
    expect(await (await registry(`schemas/ids/${String(id)}`)).json()).toMatchObject({ schema: JSON.stringify(SCHEMA) });
  });

  test("the registry refuses what can't read what was written before", async () => {
    await registry("subjects/zones-value/versions", schema(SCHEMA.fields));

    const incompatible = await registry("subjects/zones-value/versions", schema([...SCHEMA.fields, { name: "zone", type: "int" }]));

    expect(incompatible.status).toBe(409);
    const compatible = await registry(
      "subjects/zones-value/versions",
      schema([...SCHEMA.fields, { name: "zone", type: "int", default: 0 }]),
    );
    expect(compatible.status).toBe(200);
  });

  test("a changed definition of topics is applied by the next start; what Kafka can't do is told", async () => {
    const [rides] = topics;
    const changed = { ...rides!, partitions: 8, configuration: { "cleanup.policy": "delete", "retention.ms": "1000" } };
    const { bootstrapServers } = cluster;
    expect(await applyTopics(bootstrapServers, [changed])).toEqual(
      expect.arrayContaining([
        "topic trips.rides: 8 partitions instead of 6",
        "topic trips.rides: retention.ms",
        "topic trips.rides: segment.bytes",
      ]),
    );
    expect(await applyTopics(bootstrapServers, [changed])).toEqual([]);
    await expect(applyTopics(bootstrapServers, [rides!])).rejects.toThrow("Topic trips.rides has 8 partitions, and Kafka takes none away.");

    const [, zones] = topics;
    await applyTopics(bootstrapServers, [{ ...zones!, configuration: { "cleanup.policy": "delete" } }]);
    await withAdmin(bootstrapServers, (admin) => admin.deleteTopics({ topics: ["trips.rides"] }));
    forgetTopics();
    await kafka.engine.start();
    expect(await applyTopics(bootstrapServers, topics)).toEqual([]);
  });

  /** As if the definition had been another at the last start. */
  function forgetTopics(): void {
    const file = join(kafka.folder, "kafka/running.json");
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), topics: "of an earlier definition" }));
  }

  test("a port that another program has is told, and nothing is left running", async () => {
    const other = await kafkaHere();
    const holder = createServer();
    await new Promise<void>((done) => holder.listen(other.ports.registry, "127.0.0.1", done));
    try {
      await expect(other.engine.start()).rejects.toThrow(
        `Port ${String(other.ports.registry)} on 127.0.0.1, where kafka-registry should listen, is taken by process ${String(process.pid)}`,
      );
      expect(runningServices(other.folder)).toEqual([]);
    } finally {
      holder.close();
      await other.remove();
    }
  });

  test("so is another Kafka that has it", async () => {
    const other = await kafkaHere(1, undefined, kafka.ports);
    try {
      await expect(other.engine.start()).rejects.toThrow(`is taken by another Kafka, process ${String(processOf("kafka-1"))}`);
    } finally {
      await other.remove();
    }
  });

  test("stops, with all that was started, and starts again with what it held", async () => {
    await send(cluster, "trips.zones", 0, ["kept"]);
    const pids = runningServices(kafka.folder).map(({ pid }) => pid);

    expect(await kafka.engine.stop()).toEqual(["kafka-1", "kafka-registry"]);

    expect(pids.filter((pid) => markOf(pid))).toEqual([]);
    expect(readdirSync(join(kafka.folder, "kafka")).sort()).toEqual(["1", "run"]);
    await kafka.engine.start();
    expect(await received(cluster, "trips.zones")).toEqual(["kept"]);
  });
});
