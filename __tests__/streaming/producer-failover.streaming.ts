import { Admin } from "@platformatic/kafka";
import { Decoder } from "../../pipelines/streaming/avro/decoder";
import type { RideEvent } from "../../pipelines/streaming/avro/schemas";
import { SchemaRegistry } from "../../pipelines/streaming/avro/schema-registry";
import { type Cluster, clientOptions } from "../../pipelines/streaming/client/cluster";
import { readToEnd } from "../../pipelines/streaming/consumer/read-to-end";
import { replay } from "../../pipelines/streaming/producer/replay";
import { cleanMonth } from "./clean-month";
import { type KafkaHere, kafkaHere } from "./kafka-here";
import { describeStreaming } from "./tools";

const RIDES = 40_000;

describeStreaming("producer with three brokers", () => {
  let kafka: KafkaHere;
  let cluster: Cluster;

  beforeAll(async () => {
    kafka = await kafkaHere(3);
    cluster = await kafka.engine.start();
  });
  afterAll(() => kafka.remove());

  const leader = async (): Promise<number> => {
    const admin = new Admin(clientOptions(cluster, "trips-test"));
    const { topics } = await admin.metadata({ topics: ["trips.rides"] });
    await admin.close();
    return topics.get("trips.rides")!.partitions[0]!.leader;
  };

  test("a leader that is killed and stays away: others lead, and every ride is there once, in order", async () => {
    const rides = await cleanMonth(kafka.folder, RIDES);
    const before = await leader();
    let isGone: Promise<void> | undefined;
    let isKilled = false;
    const summary = await replay({
      rides,
      cluster,
      signal: new AbortController().signal,
      rate: 8_000,
      onProgress: ({ acknowledged }) => {
        if (isKilled || acknowledged < RIDES / 5) return;
        isKilled = true;
        isGone = kafka.kill(`kafka-${String(before)}`);
      },
    });
    await isGone;
    expect({ ...summary, isKilled }).toMatchObject({ acknowledged: RIDES, isWhole: true, isKilled: true });
    expect(await leader()).not.toBe(before);

    const decoder = new Decoder(new SchemaRegistry({ url: cluster.registryUrl }));
    const times = new Map<number, number[]>();
    const ids = new Set<string>();
    for await (const { partition, value } of readToEnd(cluster, "trips.rides", new AbortController().signal)) {
      const event = (await decoder.decode(value!)) as RideEvent;
      if (event.event_type !== "ride") continue;
      ids.add(event.event_id);
      if (!times.has(partition)) times.set(partition, []);
      times.get(partition)!.push(event.pickup_datetime);
    }
    expect([ids.size, [...times.values()].flat().length]).toEqual([RIDES, RIDES]);
    for (const each of times.values()) expect(each).toEqual([...each].sort((a, b) => a - b));
  });
});
