import type { Admin } from "@platformatic/kafka";
import { behind } from "../../pipelines/streaming/consumer/lag";

/** What a cluster looks like at one moment. */
export interface ClusterState {
  /** Ids of brokers that are there. */
  readonly brokers: readonly number[];
  readonly topics: readonly TopicState[];
  readonly groups: readonly GroupState[];
}

/** Partitions in order. */
export interface TopicState {
  readonly name: string;
  readonly partitions: readonly PartitionState[];
}

export interface PartitionState {
  /** Id of a broker; -1 where none can lead. */
  readonly leader: number;

  /** Ids of the brokers that should have a copy, and of those whose copy is whole. */
  readonly replicas: readonly number[];
  readonly inSync: readonly number[];

  /** Offset of the oldest record, and the one that the next will get: what lies between counts transactions' marks, and compacted records. */
  readonly first: number;
  readonly next: number;

  /** Bytes on the leader's disk. */
  readonly bytes: number;
}

export interface GroupState {
  readonly name: string;

  /** `STABLE`, `EMPTY`, … */
  readonly state: string;

  /** Records that it hasn't committed yet, by the topics that it has read. */
  readonly lag: readonly { readonly topic: string; readonly records: number }[];
}

const EARLIEST = -2n;
const LATEST = -1n;

/** Asks a cluster for all of it. */
export async function clusterState(admin: Admin): Promise<ClusterState> {
  const names = (await admin.listTopics()).sort();
  const { brokers, topics } = await admin.metadata({ topics: names, forceUpdate: true });
  const led = names.map((name) => ({
    name,
    partitions: (topics.get(name)?.partitions ?? []).flatMap(({ leader }, index) => (leader > 0 ? [index] : [])),
  }));
  const [first, next, bytes] = await Promise.all([offsets(admin, led, EARLIEST), offsets(admin, led, LATEST), sizes(admin, led)]);
  const states = names.map((name) => ({
    name,
    partitions: (topics.get(name)?.partitions ?? []).map(({ leader, replicas, isr }, index) => {
      const key = `${name}/${String(index)}`;
      const at = (found: ReadonlyMap<string, number>) => found.get(key) ?? 0;
      return { leader, replicas, inSync: isr, first: at(first), next: at(next), bytes: bytes.get(`${String(leader)}/${key}`) ?? 0 };
    }),
  }));
  return { brokers: [...brokers.keys()].sort(), topics: states, groups: await groupStates(admin, first, next) };
}

type Led = readonly { readonly name: string; readonly partitions: readonly number[] }[];

async function offsets(admin: Admin, topics: Led, timestamp: bigint): Promise<Map<string, number>> {
  const asked = topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.map((partitionIndex) => ({ partitionIndex, timestamp })),
  }));
  const found = await admin.listOffsets({ topics: asked.filter(({ partitions }) => partitions.length > 0) });
  return new Map(
    found.flatMap(({ name, partitions }) =>
      partitions.map(({ partitionIndex, offset }) => [`${name}/${String(partitionIndex)}`, Number(offset)]),
    ),
  );
}

async function sizes(admin: Admin, topics: Led): Promise<Map<string, number>> {
  const brokers = await admin.describeLogDirs({ topics: topics.map(({ name, partitions }) => ({ name, partitions: [...partitions] })) });
  return new Map(
    brokers.flatMap(({ broker, results }) =>
      results.flatMap((folder) =>
        folder.topics.flatMap(({ name, partitions }) =>
          partitions.map(({ partitionIndex, partitionSize }): [string, number] => [
            `${String(broker)}/${name}/${String(partitionIndex)}`,
            Number(partitionSize),
          ]),
        ),
      ),
    ),
  );
}

async function groupStates(admin: Admin, first: ReadonlyMap<string, number>, next: ReadonlyMap<string, number>): Promise<GroupState[]> {
  // Of consumers alone: Connect's workers are a group, too, which reads no topic. How many members a group has isn't told here: the client
  // falls over descriptions of groups whose members are Java's.
  const groups = [...(await admin.listGroups()).values()].filter(({ protocolType }) => protocolType !== "connect");
  if (groups.length === 0) return [];
  const committed = await admin.listConsumerGroupOffsets({ groups: groups.map(({ id }) => id) });
  return groups
    .sort((one, other) => one.id.localeCompare(other.id))
    .map(({ id: name, state }) => ({
      name,
      state,
      lag: (committed.find(({ groupId }) => groupId === name)?.topics ?? []).map((topic) => ({
        topic: topic.name,
        records: topic.partitions.reduce((sum, { partitionIndex, committedOffset }) => {
          const key = `${topic.name}/${String(partitionIndex)}`;
          return sum + behind(first.get(key) ?? 0, next.get(key) ?? 0, Number(committedOffset));
        }, 0),
      })),
    }));
}
