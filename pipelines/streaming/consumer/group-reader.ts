import { Consumer } from "@platformatic/kafka";
import { clientOptions, type Cluster } from "../client/cluster";
import { id, partitionIn, type Received } from "./received";
import { TopicReader } from "./topic-reader";

/** What a member of a group reads. */
export interface GroupOptions {
  readonly group: string;
  readonly topics: readonly string[];

  /** Where to begin in a partition of which the group has committed nothing: with the first record, or with the next that comes. */
  readonly fromBeginning: boolean;
  readonly signal: AbortSignal;

  /** Told what it waits for; undefined when it goes on. */
  readonly onTrouble?: (trouble: unknown) => void;

  /** Told which partitions are this member's, whenever they have been shared out. */
  readonly onAssigned?: (partitions: readonly string[]) => void;
}

/** After so long without a word from it a member is taken for dead, and its partitions are given to the others. */
const SESSION_MILLISECONDS = 15_000;
const HEARTBEAT_MILLISECONDS = 2_000;

/**
 * A member of a group: reads the partitions that are given to it, and commits what has been done, not what has been read. One that dies is
 * followed by another that reads again what wasn't committed: every record is done at least once.
 */
export class GroupReader {
  private readonly member: Consumer;
  private readonly reader: TopicReader;
  private readonly done = new Map<string, bigint>();
  private isStale = false;

  constructor(
    cluster: Cluster,
    private readonly options: GroupOptions,
  ) {
    this.reader = new TopicReader(cluster, options);
    this.member = new Consumer({
      ...clientOptions(cluster, "trips-consumer"),
      groupId: options.group,
      sessionTimeout: SESSION_MILLISECONDS,
      rebalanceTimeout: SESSION_MILLISECONDS,
      heartbeatInterval: HEARTBEAT_MILLISECONDS,
      retries: 20,
      retryDelay: 500,
    });
    this.member.on("consumer:group:join", () => {
      this.isStale = true;
    });
    // What goes wrong in the background shows itself in the next commit.
    this.member.on("error", (error: unknown) => options.onTrouble?.(error));
  }

  /** Becomes a member. */
  public async join(): Promise<void> {
    this.member.topics.trackAll(...this.options.topics);
    await this.member.joinGroup();
  }

  /** The next records of the partitions that are this member's. */
  public async poll(milliseconds: number): Promise<readonly Received[]> {
    if (this.isStale) await this.takeOver();
    return this.reader.poll(milliseconds);
  }

  /** Says that a record is done. */
  public markDone({ topic, partition, offset }: Received): void {
    this.done.set(id(topic, partition), offset + 1n);
  }

  /** Commits what is done of the partitions that are still this member's. */
  public async commit(): Promise<void> {
    const offsets = [...this.done]
      .filter(([key]) => this.reader.positions.has(key))
      .map(([key, offset]) => ({ ...partitionIn(key), offset, leaderEpoch: -1 }));
    this.done.clear();
    if (offsets.length > 0) await this.member.commit({ offsets });
  }

  /** Leaves the group: the others needn't wait until it is taken for dead. */
  public async close(): Promise<void> {
    await Promise.allSettled([this.member.close(true), this.reader.close()]);
  }

  private async takeOver(): Promise<void> {
    this.isStale = false;
    const assignments = this.member.assignments ?? [];
    const mine = assignments.flatMap(({ topic, partitions }) => partitions.map((partition) => id(topic, partition)));
    for (const key of this.reader.positions.keys()) if (!mine.includes(key)) this.reader.positions.delete(key);
    for (const { topic, partitions } of assignments) {
      const begin = await this.reader.offsets(topic, !this.options.fromBeginning);
      const committed = (await this.member.listCommittedOffsets({ topics: [{ topic, partitions }] })).get(topic) ?? [];
      for (const partition of partitions) {
        const [key, theirs] = [id(topic, partition), committed[partition]];
        const [kept, shared] = [this.reader.positions.get(key), theirs !== undefined && theirs >= 0n ? theirs : undefined];
        this.reader.positions.set(key, latest(kept, shared) ?? begin.get(key) ?? 0n);
      }
    }
    this.options.onAssigned?.(mine);
  }
}

const latest = (a: bigint | undefined, b: bigint | undefined): bigint | undefined =>
  a === undefined || (b !== undefined && b > a) ? b : a;
