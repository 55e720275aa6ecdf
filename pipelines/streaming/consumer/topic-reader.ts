import { Admin, type ClusterMetadata, FetchIsolationLevels, fetchV17, ListOffsetTimestamps } from "@platformatic/kafka";
import { setTimeout as pause } from "node:timers/promises";
import { clientOptions, type Cluster, ClusterError } from "../client/cluster";
import { isOf, patiently } from "../client/patience";
import { committedBatches } from "./committed-records";
import { id, type IsolationLevel, partitionIn, type Received } from "./received";

const MOST_BYTES = 8 * 1024 * 1024;
const MOST_BYTES_OF_PARTITION = 2 * 1024 * 1024;
const PAUSE_MILLISECONDS = 500;

/** What a leader has answered, and the topics' names by their ids. */
interface Answer {
  readonly answer: fetchV17.FetchResponse;
  readonly names: ReadonlyMap<string, string>;
}

/** Reads committed records of partitions, each from an offset on. Whose they are, and how far they are read, is for others to say. */
export class TopicReader {
  /** Offset of the next record of each partition that is read. */
  public readonly positions = new Map<string, bigint>();

  private readonly client: Admin;
  private readonly patience: number;

  /** @param patience milliseconds for which brokers may fail to answer */
  constructor(
    private readonly cluster: Cluster,
    private readonly options: { readonly signal: AbortSignal; readonly patience?: number; readonly onTrouble?: (trouble: unknown) => void },
  ) {
    this.patience = options.patience ?? 120_000;
    // Its own connections: a broker answers one after the other, and a fetch may take its time.
    this.client = new Admin({ ...clientOptions(cluster, "trips-reader"), retries: 1, retryDelay: 200, timeout: 15_000 });
  }

  /**
   * Offsets of a topic's partitions.
   *
   * @param end whether behind the last record, or of the first that is there
   * @param level whether records of transactions that aren't ended count as there
   */
  public async offsets(topic: string, end: boolean, level: IsolationLevel = "committed"): Promise<ReadonlyMap<string, bigint>> {
    return this.patiently(async () => {
      const metadata = await this.client.metadata({ topics: [topic] });
      const timestamp = end ? ListOffsetTimestamps.LATEST : ListOffsetTimestamps.EARLIEST;
      const partitions = (metadata.topics.get(topic)?.partitions ?? []).map((_, partitionIndex) => ({ partitionIndex, timestamp }));
      const isolationLevel = FetchIsolationLevels[level === "committed" ? "READ_COMMITTED" : "READ_UNCOMMITTED"];
      const listed = await this.client.listOffsets({ topics: [{ name: topic, partitions }], isolationLevel });
      return new Map(
        listed.flatMap(({ partitions: each }) => each.map(({ partitionIndex, offset }) => [id(topic, partitionIndex), offset])),
      );
    });
  }

  /**
   * The next records, in order within each partition; none where none has come within the time.
   *
   * @throws ClusterError where no broker has answered for long
   */
  public poll(milliseconds: number): Promise<readonly Received[]> {
    return this.patiently(async () => {
      const topics = [...new Set([...this.positions.keys()].map((key) => partitionIn(key).topic))];
      if (topics.length === 0) {
        await pause(Math.min(milliseconds, PAUSE_MILLISECONDS), undefined, { signal: this.options.signal });
        return [];
      }
      const metadata = await this.client.metadata({ topics });
      const answers = await Promise.all(this.byLeader(metadata).map(([leader, keys]) => this.fetch(metadata, leader, keys, milliseconds)));
      // Only when all have answered: what one has told would be passed over when another is asked again.
      return answers.flatMap(({ answer, names }) => this.received(answer, names));
    });
  }

  public close(): Promise<void> {
    return this.client.close();
  }

  private byLeader({ topics }: ClusterMetadata): (readonly [number, readonly string[]])[] {
    const leaders = new Map<number, string[]>();
    for (const key of this.positions.keys()) {
      const { topic, partition } = partitionIn(key);
      const leader = topics.get(topic)?.partitions[partition]?.leader ?? -1;
      if (leader < 0) throw new ClusterError(`Partition ${String(partition)} of ${topic} has no leader: its brokers are away.`);
      leaders.set(leader, [...(leaders.get(leader) ?? []), key]);
    }
    return [...leaders];
  }

  private async fetch(metadata: ClusterMetadata, leader: number, keys: readonly string[], milliseconds: number): Promise<Answer> {
    const connection = (await this.client.connectToBrokers([leader])).get(leader);
    if (connection === undefined) throw new ClusterError(`Broker ${String(leader)} can't be reached.`);
    const names = new Map<string, string>();
    const parts = keys.map((key) => {
      const { topic, partition } = partitionIn(key);
      const topicId = metadata.topics.get(topic)?.id ?? "";
      names.set(topicId, topic);
      return wanted(topicId, partition, this.positions.get(key) ?? 0n);
    });
    const level = FetchIsolationLevels.READ_COMMITTED;
    return { answer: await fetchV17.api.async(connection, milliseconds, 1, MOST_BYTES, level, 0, 0, parts, [], ""), names };
  }

  private received({ responses }: fetchV17.FetchResponse, names: ReadonlyMap<string, string>): Received[] {
    const received: Received[] = [];
    for (const { topicId, partitions } of responses) {
      const topic = names.get(topicId) ?? "";
      for (const fetched of partitions) {
        const partition = fetched.partitionIndex;
        const key = id(topic, partition);
        const from = this.positions.get(key);
        const last = fetched.records?.at(-1);
        // It may have been taken away meanwhile.
        if (from === undefined || last === undefined) continue;
        this.positions.set(key, last.firstOffset + BigInt(last.lastOffsetDelta) + 1n);
        for (const { firstOffset, records } of committedBatches(fetched)) {
          for (const record of records) {
            const offset = firstOffset + BigInt(record.offsetDelta);
            // A batch comes whole, though it may begin before what was asked for.
            if (offset < from) continue;
            const headers = (record.headers as [Buffer, Buffer][]).map(([name, value]) => [name.toString(), value] as const);
            received.push({ topic, partition, offset, key: record.key as Buffer | null, value: record.value as Buffer | null, headers });
          }
        }
      }
    }
    return received;
  }

  /** Repeats what fails in passing: a broker that is away, a leader that has changed. */
  private patiently<Result>(work: () => Promise<Result>): Promise<Result> {
    return patiently({ ...this.options, cluster: this.cluster, patience: this.patience }, work, async (error) => {
      await this.forgetLost(error);
      this.client.clearMetadata();
    });
  }

  /** What is older than a topic keeps can't be read: from the first that is there on. */
  private async forgetLost(error: unknown): Promise<void> {
    if (!isOf(error, "OFFSET_OUT_OF_RANGE")) return;
    for (const topic of new Set([...this.positions.keys()].map((key) => partitionIn(key).topic))) {
      const first = await this.offsets(topic, false);
      const end = await this.offsets(topic, true);
      for (const [key, position] of this.positions) {
        const [least, most] = [first.get(key), end.get(key)];
        if (least !== undefined && most !== undefined && (position < least || position > most)) this.positions.set(key, least);
      }
    }
  }
}

/** What a fetch asks for of one partition. */
const wanted = (topicId: string, partition: number, fetchOffset: bigint) => ({
  topicId,
  partitions: [{ partition, fetchOffset, partitionMaxBytes: MOST_BYTES_OF_PARTITION, currentLeaderEpoch: -1, lastFetchedEpoch: -1 }],
});
