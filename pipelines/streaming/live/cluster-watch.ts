import { Admin, FetchIsolationLevels, ListOffsetTimestamps } from "@platformatic/kafka";
import { clientOptions, type Cluster } from "../client/cluster";
import { behind } from "../consumer/lag";
import type { LiveGroup, LivePartition } from "./src/live-state";

/** What a cluster says of itself. */
export interface ClusterReport {
  readonly brokers: readonly number[];
  readonly partitions: readonly LivePartition[];
  readonly groups: readonly LiveGroup[];

  /** Offset behind the last record, by topic, of all partitions together; not of topics some of whose partitions have no leader to ask. */
  readonly ends: ReadonlyMap<string, number>;
}

/** Asks a cluster about topics, leaders and groups. */
export class ClusterWatch {
  private readonly admin: Admin;

  constructor(
    cluster: Cluster,
    private readonly topics: readonly string[],
  ) {
    const patience = { retries: 1, retryDelay: 100, timeout: 3_000, connectTimeout: 2_000 };
    this.admin = new Admin({ ...clientOptions(cluster, "trips-live"), ...patience });
  }

  /** @throws what keeps brokers from answering */
  public async report(): Promise<ClusterReport> {
    const { brokers, topics } = await this.admin.metadata({ topics: [...this.topics], forceUpdate: true });
    const partitions = [...topics].flatMap(([topic, { partitions: each }]) =>
      each.map(({ leader, replicas, isr }, partition) => ({ topic, partition, leader: leader < 0 ? null : leader, replicas, inSync: isr })),
    );
    const led = partitions.filter(({ leader }) => leader !== null);
    const [firsts, ends] = [await this.offsets(led, ListOffsetTimestamps.EARLIEST), await this.offsets(led, ListOffsetTimestamps.LATEST)];
    const byTopic = new Map(
      this.topics
        .filter((topic) => partitions.every((one) => one.topic !== topic || one.leader !== null))
        .map((topic) => [topic, sum([...ends].flatMap(([key, end]) => (key.startsWith(`${topic}:`) ? [end] : [])))]),
    );
    return { brokers: [...brokers.keys()].sort((a, b) => a - b), partitions, groups: await this.groups(firsts, ends), ends: byTopic };
  }

  public close(): Promise<void> {
    return this.admin.close();
  }

  private async offsets(partitions: readonly LivePartition[], timestamp: bigint): Promise<ReadonlyMap<string, number>> {
    const topics = this.topics.map((name) => ({
      name,
      partitions: partitions.filter(({ topic }) => topic === name).map(({ partition }) => ({ partitionIndex: partition, timestamp })),
    }));
    const asked = topics.filter((topic) => topic.partitions.length > 0);
    const listed = await this.admin.listOffsets({ topics: asked, isolationLevel: FetchIsolationLevels.READ_UNCOMMITTED });
    return new Map(
      listed.flatMap(({ name, partitions: each }) =>
        each.map(({ partitionIndex, offset }) => [`${name}:${String(partitionIndex)}`, Number(offset)]),
      ),
    );
  }

  /** Lag of every group in the topics that are watched: of partitions where it has committed something, and of records that weren't deleted since. */
  private async groups(firsts: ReadonlyMap<string, number>, ends: ReadonlyMap<string, number>): Promise<LiveGroup[]> {
    const names = [...(await this.admin.listGroups()).keys()];
    if (names.length === 0) return [];
    const groups = await this.admin.listConsumerGroupOffsets({ groups: names });
    const lags = groups.flatMap(({ groupId, topics }) =>
      topics
        .filter(({ name }) => this.topics.includes(name))
        .map(({ name, partitions }) => ({
          group: groupId,
          topic: name,
          lag: sum(
            partitions.map(({ partitionIndex, committedOffset }) => {
              const key = `${name}:${String(partitionIndex)}`;
              const end = ends.get(key);
              return end === undefined ? 0 : behind(firsts.get(key) ?? 0, end, Number(committedOffset));
            }),
          ),
        })),
    );
    return lags.sort((one, other) => one.group.localeCompare(other.group) || one.topic.localeCompare(other.topic));
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
