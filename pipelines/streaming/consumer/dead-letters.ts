import { type Cluster, partitionsOf } from "../client/cluster";
import { RecordSender } from "../producer/record-sender";
import { fitting } from "./letter-size";
import type { Received } from "./received";

const EMPTY = Buffer.alloc(0);

/** Characters of a reason: a schema's complaint may tell the schema. */
const MOST_REASON = 2_000;

/** Where what can't be read is put. */
export const DEAD_LETTERS = "trips.dead-letter";

/** Puts aside what can't be read, as it came; headers say where from and why. */
export class DeadLetters {
  private sender: Promise<RecordSender> | undefined;

  constructor(
    private readonly cluster: Cluster,
    private readonly group: string,
    private readonly signal: AbortSignal,
  ) {}

  /** @param reason one line for whoever looks at it */
  public async put({ topic, partition, offset, key, value, headers }: Received, reason: string): Promise<void> {
    const { record, cut } = fitting({ key: key ?? EMPTY, value: value ?? EMPTY, headers });
    const told = { topic, partition, offset, program: this.group, reason: reason.slice(0, MOST_REASON), ...(cut && { cut }) };
    const all = [...record.headers, ...Object.entries(told).map(([name, each]) => [name, Buffer.from(String(each))] as const)];
    (await this.open()).add({ ...record, headers: new Map(all.map(([name, each]) => [Buffer.from(name), each])) });
  }

  /** Resolves when what was put aside is acknowledged: only then may its source be committed. */
  public async drained(): Promise<void> {
    await (await this.sender)?.drained();
  }

  public async close(): Promise<void> {
    await (await this.sender?.catch(() => undefined))?.close();
  }

  private open(): Promise<RecordSender> {
    this.sender ??= partitionsOf(this.cluster, [DEAD_LETTERS]).then(
      (partitions) =>
        new RecordSender({
          cluster: this.cluster,
          topic: DEAD_LETTERS,
          partitions: partitions.get(DEAD_LETTERS) ?? 1,
          signal: this.signal,
          compression: "none",
        }),
    );
    return this.sender;
  }
}
