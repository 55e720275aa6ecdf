import { Admin, FetchIsolationLevels, ListOffsetTimestamps } from "@platformatic/kafka";
import { clientOptions, type Cluster, ClusterError, why } from "../client/cluster";

/** How far a group has come in one partition. */
export interface PartitionLag {
  readonly topic: string;
  readonly partition: number;

  /** Offset from which it goes on; undefined where it has committed none. */
  readonly committed: bigint | undefined;

  /** Offset of the next record that will be written. */
  readonly end: bigint;

  /** Records that it hasn't done yet: all that are there, where it has committed none. */
  readonly lag: number;
}

/**
 * Records that a group hasn't done in a partition, by offsets: of the oldest record, of the next that will be written, and the one that the group goes
 * on from; undefined or below zero where it has committed none. What was deleted since can't be read any more, and isn't behind.
 */
export const behind = (first: number, end: number, committed = first): number => Math.max(0, end - Math.max(first, committed));

/** Asks a cluster about groups, over connections of its own. */
export class LagAdmin {
  public readonly admin: Admin;

  constructor(private readonly cluster: Cluster) {
    this.admin = new Admin({ ...clientOptions(cluster, "trips-lag"), retries: 4, retryDelay: 250, timeout: 5_000, connectTimeout: 2_000 });
  }

  /** Lag of a group in each partition of a topic, in their order. @throws ClusterError */
  public async lag(group: string, topic: string): Promise<PartitionLag[]> {
    try {
      const { topics } = await this.admin.metadata({ topics: [topic] });
      const partitions = (topics.get(topic)?.partitions ?? []).map((_, index) => index);
      const [firsts, ends, committed] = await Promise.all([
        this.offsets(topic, partitions, ListOffsetTimestamps.EARLIEST),
        this.offsets(topic, partitions, ListOffsetTimestamps.LATEST),
        this.committed(group, topic, partitions),
      ]);
      return partitions.map((partition) => {
        const [end, done] = [ends.get(partition) ?? 0n, committed.get(partition)];
        const lag = behind(Number(firsts.get(partition) ?? 0n), Number(end), done === undefined ? undefined : Number(done));
        return { topic, partition, committed: done, end, lag };
      });
    } catch (error) {
      throw new ClusterError(why(error, this.cluster));
    }
  }

  public close(): Promise<void> {
    return this.admin.close();
  }

  private async offsets(topic: string, partitions: readonly number[], timestamp: bigint): Promise<ReadonlyMap<number, bigint>> {
    const asked = { name: topic, partitions: partitions.map((partitionIndex) => ({ partitionIndex, timestamp })) };
    const listed = await this.admin.listOffsets({ topics: [asked], isolationLevel: FetchIsolationLevels.READ_UNCOMMITTED });
    return new Map(listed.flatMap((each) => each.partitions.map(({ partitionIndex, offset }) => [partitionIndex, offset])));
  }

  private async committed(groupId: string, topic: string, partitionIndexes: number[]): Promise<ReadonlyMap<number, bigint>> {
    const asked = { groupId, topics: [{ name: topic, partitionIndexes }] };
    const groups = await this.admin.listConsumerGroupOffsets({ groups: [asked] });
    const partitions = groups.flatMap((group) => group.topics.flatMap((each) => each.partitions));
    return new Map(
      partitions
        .filter(({ committedOffset }) => committedOffset >= 0n)
        .map(({ partitionIndex, committedOffset }) => [partitionIndex, committedOffset]),
    );
  }
}

/** Lag of a group in each partition of a topic, in their order. @throws ClusterError */
export async function lag(cluster: Cluster, group: string, topic: string): Promise<PartitionLag[]> {
  const asking = new LagAdmin(cluster);
  try {
    return await asking.lag(group, topic);
  } finally {
    await asking.close();
  }
}
