import type { MessageToProduce, Producer } from "@platformatic/kafka";
import { setTimeout as pause } from "node:timers/promises";
import { isOf } from "../client/patience";

/** A record on its way. */
export type Outgoing = MessageToProduce<Buffer, Buffer, Buffer, Buffer>;

/** Most records, and bytes, in a batch; the broker takes batches of one MiB. */
const BATCH_RECORDS = 2_000;
const BATCH_BYTES = 512 * 1024;

/** Milliseconds between tries, and for which a broker that doesn't take a batch is tried. */
const RETRY_MILLISECONDS = 500;

/** What a lane needs to know. */
export interface LaneOptions {
  readonly producer: Producer<Buffer, Buffer, Buffer, Buffer>;
  readonly compression: "none" | "lz4" | "gzip";

  /** Milliseconds for which a batch is tried again before the replay is given up. */
  readonly patience: number;
  readonly signal: AbortSignal;

  /** Told after each batch that all in-sync replicas have. */
  readonly onAcknowledged: (records: number) => void;

  /** Told when a batch has to be tried again; undefined when it is through. */
  readonly onTrouble: (error: unknown) => void;
}

/**
 * Sends the records of one partition in their order, one batch at a time.
 *
 * That is what idempotence asks for here: the client counts a batch's sequence numbers when it is acknowledged, so two of one partition on
 * their way at once would carry the same numbers, and the broker would drop the second as a repetition of the first while acknowledging it
 * (https://github.com/platformatic/kafka/issues/326). For the same reason a batch is repeated as it was, until it is through: if only the
 * answer was lost, the broker knows the numbers. Lanes of other partitions go on meanwhile.
 */
export class PartitionLane {
  private waiting: Outgoing[] = [];
  private sending: Promise<void> | undefined;
  private failure: unknown;

  constructor(private readonly options: LaneOptions) {}

  /** Records that aren't acknowledged. */
  public pending = 0;

  public add(record: Outgoing): void {
    this.waiting.push(record);
    this.pending += 1;
    if (this.waiting.length >= BATCH_RECORDS) this.flush();
  }

  /** Begins to send what waits, unless it is at it. */
  public flush(): void {
    if (this.waiting.length > 0 && this.failure === undefined) {
      this.sending ??= this.sendAll().finally(() => (this.sending = undefined));
    }
  }

  /** Resolves when all is acknowledged. @throws what kept a batch from it */
  public async drained(): Promise<void> {
    while (this.pending > 0 && this.failure === undefined) {
      this.flush();
      await this.sending;
    }
    if (this.failure !== undefined) throw this.failure as Error;
  }

  /** Resolves when no batch is on its way. */
  public async settled(): Promise<void> {
    await this.sending;
  }

  /** @throws what kept a batch from being acknowledged */
  public check(): void {
    if (this.failure !== undefined) throw this.failure as Error;
  }

  private async sendAll(): Promise<void> {
    try {
      while (this.waiting.length > 0) {
        const batch = this.waiting.splice(0, batchSize(this.waiting));
        await this.send(batch);
        this.pending -= batch.length;
        this.options.onAcknowledged(batch.length);
      }
    } catch (error) {
      this.failure = error;
    }
  }

  private async send(batch: readonly Outgoing[]): Promise<void> {
    const { producer, compression, patience, signal, onTrouble } = this.options;
    const deadline = Date.now() + patience;
    for (let tries = 0; ; tries += 1) {
      signal.throwIfAborted();
      try {
        await producer.send({ messages: [...batch], compression });
        if (tries > 0) onTrouble(undefined);
        return;
      } catch (error) {
        signal.throwIfAborted();
        if (Date.now() > deadline || isFatal(error)) throw error;
        onTrouble(error);
        // The leader may be another one now.
        producer.clearMetadata();
        await pause(RETRY_MILLISECONDS, undefined, { signal });
      }
    }
  }
}

function sizeOf(record: Outgoing | undefined): number {
  const headers = record?.headers instanceof Map ? [...record.headers].flat() : [];
  return [record?.key, record?.value, ...headers].reduce<number>((sum, each) => sum + (each?.length ?? 0), 0);
}

function batchSize(records: readonly Outgoing[]): number {
  let bytes = 0;
  const most = Math.min(records.length, BATCH_RECORDS);
  for (let count = 0; count < most; count += 1) {
    bytes += sizeOf(records[count]);
    if (bytes > BATCH_BYTES) return Math.max(count, 1);
  }
  return most;
}

/** Rights, and sequences that the broker has lost: what no repetition mends. */
const FATAL = [
  "TOPIC_AUTHORIZATION_FAILED",
  "CLUSTER_AUTHORIZATION_FAILED",
  "OUT_OF_ORDER_SEQUENCE_NUMBER",
  "INVALID_PRODUCER_EPOCH",
  "MESSAGE_TOO_LARGE",
  "INVALID_RECORD",
];

const isFatal = (error: unknown): boolean => isOf(error, ...FATAL);
