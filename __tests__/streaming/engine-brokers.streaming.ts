import { runningServices } from "../../embedded/engines/kafka/stop";
import { withAdmin } from "../../embedded/engines/kafka/topics";
import { KafkaEngine } from "../../embedded/engines/kafka/kafka-engine";
import type { KafkaAddresses } from "../../embedded/engines/kafka/kafka-options";
import { clusterState } from "../../scripts/streaming/cluster-state";
import { until } from "./cluster";
import { type KafkaHere, kafkaHere } from "./kafka-here";
import { received, send } from "./records";
import { describeStreaming, tools } from "./tools";

const TOPIC = "trips.rides";

describeStreaming("Kafka of the embedded cloud, three brokers", () => {
  let kafka: KafkaHere;
  let cluster: KafkaAddresses;

  beforeAll(async () => {
    kafka = await kafkaHere(3);
    cluster = await kafka.engine.start();
  });
  afterAll(() => kafka.remove());

  const partition = async (number: number) =>
    (await withAdmin(cluster.bootstrapServers, clusterState)).topics.find(({ name }) => name === TOPIC)!.partitions[number]!;
  const texts = (from: number) => Array.from({ length: 20 }, (_none, index) => `ride ${String(from + index)}`);

  test("a killed leader's partitions are led by another, which has all that was acknowledged; the broker comes back and catches up", async () => {
    const before = await partition(0);
    expect(before.inSync).toHaveLength(3);
    await send(cluster, TOPIC, 0, texts(0));

    await kafka.kill(`kafka-${String(before.leader)}`);

    const after = await until(
      "another broker leads",
      () => partition(0),
      ({ leader, inSync }) => leader > 0 && leader !== before.leader && inSync.length === 2,
    );
    expect(after.next).toBe(20);
    await send(cluster, TOPIC, 0, texts(20));
    expect(await received(cluster, TOPIC)).toEqual([...texts(0), ...texts(20)]);

    await kafka.engine.start();
    expect(runningServices(kafka.folder).map(({ name }) => name)).toEqual(["kafka-1", "kafka-2", "kafka-3", "kafka-registry"]);
    await until(
      "all copies are in sync",
      () => partition(0),
      ({ inSync }) => inSync.length === 3,
    );
    expect(await received(cluster, TOPIC)).toEqual([...texts(0), ...texts(20)]);
  });

  test("a cluster of one is another: it takes the place of three, which come back with what they held", async () => {
    const { clients, controllers, ...others } = kafka.ports;
    const ports = { ...others, clients: clients.slice(0, 1), controllers: controllers.slice(0, 1) };
    const one = new KafkaEngine({ folder: kafka.folder, ...tools(), brokers: 1, ports });

    const alone = await one.start();
    expect(runningServices(kafka.folder).map(({ name }) => name)).toEqual(["kafka-1", "kafka-registry"]);
    expect(await received(alone, TOPIC)).toEqual([]);

    await kafka.engine.start();
    expect(await received(cluster, TOPIC)).toEqual([...texts(0), ...texts(20)]);
  });
});
