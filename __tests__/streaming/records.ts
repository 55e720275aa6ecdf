import { Producer } from "@platformatic/kafka";
import type { KafkaAddresses } from "../../embedded/engines/kafka/kafka-options";
import { readToEnd } from "../../pipelines/streaming/consumer/read-to-end";

const never = new AbortController().signal;

/** Sends texts to a partition; ends when all in-sync copies have them. */
export async function send(
  { bootstrapServers }: KafkaAddresses,
  topic: string,
  partition: number,
  texts: readonly string[],
): Promise<void> {
  const producer = new Producer({ clientId: "test", bootstrapBrokers: bootstrapServers.split(","), retries: 30, retryDelay: 200 });
  try {
    for (const text of texts)
      await producer.send({ acks: -1, messages: [{ topic, partition, key: Buffer.from("1"), value: Buffer.from(text) }] });
  } finally {
    await producer.close();
  }
}

/** All texts of a topic, a partition after the other. */
export async function received(cluster: KafkaAddresses, topic: string): Promise<string[]> {
  const texts: string[] = [];
  for await (const { value } of readToEnd(cluster, topic, never)) texts.push(value!.toString());
  return texts;
}
