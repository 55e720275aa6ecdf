import { Admin, ConfigResourceTypes, ConfigSources, IncrementalAlterConfigOperationTypes as Operation } from "@platformatic/kafka";
import type { KafkaTopic } from "../../../contracts/render/kafka";
import { EmbeddedError } from "../../embedded-error";

/** Speaks to a cluster without a log-in. */
export async function withAdmin<Result>(bootstrapServers: string, work: (admin: Admin) => Promise<Result>): Promise<Result> {
  const admin = new Admin({
    clientId: "trips-platform",
    bootstrapBrokers: bootstrapServers.split(","),
    retries: 2,
    retryDelay: 100,
    connectTimeout: 2_000,
    timeout: 10_000,
  });
  try {
    return await work(admin);
  } finally {
    await admin.close();
  }
}

/** Whether a broker sees all the others, knows the topics, and each partition there is has a leader. */
export async function isWhole(server: string, brokers: number, wanted: readonly string[] = []): Promise<boolean> {
  try {
    return await withAdmin(server, async (admin) => {
      // Without Kafka's own: the client knows no metadata of those.
      const topics = await admin.listTopics();
      if (wanted.some((name) => !topics.includes(name))) return false;
      const there = await admin.metadata({ topics, forceUpdate: true });
      return (
        there.brokers.size >= brokers && [...there.topics.values()].every(({ partitions }) => partitions.every(({ leader }) => leader > 0))
      );
    });
  } catch {
    return false; // It isn't there yet, or not ready.
  }
}

/**
 * Makes topics as described, as `pipelines/streaming/broker/src/main/java/broker/Topics.java` does on machines (a test compares): makes them, gives them more partitions, sets and resets their configuration. A topic that isn't described stays.
 *
 * @returns what was changed.
 * @throws EmbeddedError where Kafka can't: it takes no partition away.
 */
export function applyTopics(bootstrapServers: string, described: readonly KafkaTopic[]): Promise<string[]> {
  return withAdmin(bootstrapServers, async (admin) => {
    const there = await admin.listTopics();
    const known = described.filter(({ name }) => there.includes(name));
    const { topics } = await admin.metadata({ topics: known.map(({ name }) => name), forceUpdate: true });
    const made = await Promise.all(described.filter((topic) => !known.includes(topic)).map((topic) => make(admin, topic)));
    const partitionsOf = ({ name }: KafkaTopic) => topics.get(name)?.partitions ?? [];
    for (const topic of known) checkCopies(topic, partitionsOf(topic)[0]?.replicas.length);
    const grown = await Promise.all(known.map((topic) => grow(admin, topic, partitionsOf(topic))));
    return [...made, ...grown.flat(), ...(await configure(admin, known))];
  });
}

async function make(admin: Admin, { name, partitions, replication, configuration }: KafkaTopic): Promise<string> {
  const configs = Object.entries(configuration).map(([key, value]) => ({ name: key, value }));
  await admin.createTopics({ topics: [name], partitions, replicas: replication, configs });
  return `topic ${name}: made`;
}

function checkCopies({ name, replication }: KafkaTopic, is: number | undefined): void {
  if (is === replication) return;
  throw new EmbeddedError(
    `Topic ${name} has ${String(is)} copies, not ${String(replication)}: Kafka moves copies only by kafka-reassign-partitions.`,
    `Write ${String(is)} in contracts/topics.ts; or remove the data, and stream anew what it held.`,
  );
}

async function grow(admin: Admin, { name, partitions: wanted }: KafkaTopic, is: readonly unknown[]): Promise<string[]> {
  if (is.length === wanted) return [];
  if (is.length > wanted) {
    throw new EmbeddedError(
      `Topic ${name} has ${String(is.length)} partitions, and Kafka takes none away.`,
      `Write ${String(is.length)} in contracts/topics.ts, or make another topic.`,
    );
  }
  await admin.createPartitions({ topics: [{ name, count: wanted }] });
  return [`topic ${name}: ${String(wanted)} partitions instead of ${String(is.length)}`];
}

async function configure(admin: Admin, topics: readonly KafkaTopic[]): Promise<string[]> {
  if (topics.length === 0) return [];
  const resource = ({ name }: KafkaTopic) => ({ resourceType: ConfigResourceTypes.TOPIC, resourceName: name });
  const described = await admin.describeConfigs({ resources: topics.map(resource) });
  const changed = topics.map((topic) => {
    const configs = described.find(({ resourceName }) => resourceName === topic.name)?.configs ?? [];
    const own = new Map(
      configs.filter(({ configSource }) => configSource === ConfigSources.TOPIC_CONFIG).map(({ name, value }) => [name, value]),
    );
    const set = Object.entries(topic.configuration).filter(([name, value]) => own.get(name) !== value);
    const reset = [...own.keys()].filter((name) => !Object.hasOwn(topic.configuration, name));
    return {
      ...resource(topic),
      configs: [
        ...set.map(([name, value]) => ({ name, value, configOperation: Operation.SET })),
        ...reset.map((name) => ({ name, configOperation: Operation.DELETE })),
      ],
    };
  });
  const resources = changed.filter(({ configs }) => configs.length > 0);
  if (resources.length > 0) await admin.incrementalAlterConfigs({ resources });
  return resources.flatMap(({ resourceName, configs }) => configs.map(({ name }) => `topic ${resourceName}: ${name}`));
}
