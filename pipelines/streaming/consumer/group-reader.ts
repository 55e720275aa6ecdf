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

  /**
   * Commits what is done of the partitions that are still this member's; what fails is tried again with the next commit.
   *
   * @returns whether nothing is left to commit
   */
  public async commit(): Promise<boolean> {
    if (this.done.size > 0 && this.isStale) await this.takeOver();
    await this.commitDone();
    return this.done.size === 0;
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
        const position = latest(kept, shared) ?? begin.get(key) ?? 0n;
        this.reader.positions.set(key, position);
        // Where it begins is the group's from now on: who takes over later would begin behind what came meanwhile.
        if (kept === undefined && shared === undefined) this.done.set(key, position);
        if (shared !== undefined && shared >= (this.done.get(key) ?? shared)) this.done.delete(key);
      }
    }
    for (const key of this.done.keys()) if (!mine.includes(key)) this.done.delete(key);
    this.options.onAssigned?.(mine);
    await this.commitDone();
  }

  private async commitDone(): Promise<void> {
    const committing = [...this.done];
    if (committing.length === 0 || this.isStale) return;
    const offsets = committing.map(([key, offset]) => ({ ...partitionIn(key), offset, leaderEpoch: -1 }));
    // A member that is told that its generation is over joins again, and the client commits the same in the name of the new one, though the
    // partitions may be another's by then, who is further. It asks here each time it tries.
    const isStale = (): boolean => this.isStale;
    await this.member.commit({
      get offsets() {
        return isStale() ? [] : offsets;
      },
    });
    if (isStale()) return;
    for (const [key, offset] of committing) if (this.done.get(key) === offset) this.done.delete(key);
  }
}

const latest = (a: bigint | undefined, b: bigint | undefined): bigint | undefined =>
  a === undefined || (b !== undefined && b > a) ? b : a;
