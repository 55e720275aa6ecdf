import { Producer } from "@platformatic/kafka";
import { EventEmitter, once } from "node:events";
import { clientOptions, type Cluster } from "../client/cluster";
import { partitionOf } from "./murmur2";
import { PartitionLane } from "./partition-lane";

/** Milliseconds after which what waits is sent though the batch isn't full: part of an event's latency. */
const LINGER_MILLISECONDS = 10;

/** Records on their way, beyond which nothing more is read. */
const MOST_PENDING = 24_000;

/** A record to be sent. */
export interface NewRecord {
  readonly key: Buffer;
  readonly value: Buffer;
  readonly headers?: Map<Buffer, Buffer>;

  /** @default what Java's default partitioner gives for the key */
  readonly partition?: number;
}

/** How records are sent to one topic. */
export interface SenderOptions {
  readonly cluster: Cluster;
  readonly topic: string;
  readonly partitions: number;
  readonly signal: AbortSignal;

  /** Milliseconds for which a batch that no broker takes is tried. @default 120000 */
  readonly patience?: number;

  /** @default "lz4" */
  readonly compression?: "none" | "lz4" | "gzip";

  /** Told what keeps batches from being taken; undefined when that is over. */
  readonly onTrouble?: (error: unknown) => void;
}

/** Sends records of one topic: acknowledged by all in-sync replicas, each once, in order within its partition. */
export class RecordSender {
  /** Records that all in-sync replicas have. */
  public acknowledged = 0;

  private readonly producer: Producer<Buffer, Buffer, Buffer, Buffer>;
  private readonly lanes: readonly PartitionLane[];
  private readonly linger: NodeJS.Timeout;
  private readonly progress = new EventEmitter();

  constructor(private readonly options: SenderOptions) {
    const { cluster, partitions, signal, patience = 120_000, compression = "lz4", onTrouble = () => undefined } = options;
    // The lanes repeat, and look for the new leader first; the client would ask the old one for ever.
    const retries = { retries: 2, retryDelay: 200 };
    this.producer = new Producer({ ...clientOptions(cluster, "trips-producer"), ...retries, idempotent: true });
    const onAcknowledged = (records: number): void => {
      this.acknowledged += records;
      this.progress.emit("progress");
    };
    this.lanes = Array.from(
      { length: partitions },
      () => new PartitionLane({ producer: this.producer, compression, patience, signal, onAcknowledged, onTrouble }),
    );
    this.linger = setInterval(() => {
      for (const lane of this.lanes) lane.flush();
      this.progress.emit("progress");
    }, LINGER_MILLISECONDS);
  }

  /** Takes a record; where it goes is the key's to say, unless a partition is named. */
  public add({ key, value, headers, partition = partitionOf(key, this.options.partitions) }: NewRecord): void {
    this.lanes[partition]?.add({ topic: this.options.topic, key, value, headers, partition });
  }

  /** Resolves when more may be added. @throws what kept a record from being acknowledged */
  public async ready(): Promise<void> {
    for (;;) {
      this.options.signal.throwIfAborted();
      for (const lane of this.lanes) lane.check();
      if (this.pending < MOST_PENDING) return;
      await once(this.progress, "progress");
    }
  }

  /** Resolves when everything is acknowledged. @throws what kept a record from it */
  public async drained(): Promise<void> {
    await Promise.all(this.lanes.map((lane) => lane.drained()));
  }

  /** Resolves when nothing is on its way any more, after the signal has told to stop. */
  public async settled(): Promise<void> {
    await Promise.all(this.lanes.map((lane) => lane.settled()));
  }

  public async close(): Promise<void> {
    clearInterval(this.linger);
    await this.producer.close();
  }

  private get pending(): number {
    return this.lanes.reduce((sum, lane) => sum + lane.pending, 0);
  }
}
