import { type Cluster, partitionsOf } from "../client/cluster";
import { RecordSender } from "../producer/record-sender";
import type { Received } from "./received";

const TOPIC = "trips.dead-letter";

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
    const told = { topic, partition, offset, program: this.group, reason };
    const all = [...headers, ...Object.entries(told).map(([name, each]) => [name, Buffer.from(String(each))] as const)];
    (await this.open()).add({
      key: key ?? Buffer.alloc(0),
      value: value ?? Buffer.alloc(0),
      headers: new Map(all.map(([name, each]) => [Buffer.from(name), each])),
    });
  }

  /** Resolves when what was put aside is acknowledged: only then may its source be committed. */
  public async drained(): Promise<void> {
    await (await this.sender)?.drained();
  }

  public async close(): Promise<void> {
    await (await this.sender?.catch(() => undefined))?.close();
  }

  private open(): Promise<RecordSender> {
    this.sender ??= partitionsOf(this.cluster, [TOPIC]).then(
      (partitions) =>
        new RecordSender({
          cluster: this.cluster,
          topic: TOPIC,
          partitions: partitions.get(TOPIC) ?? 1,
          signal: this.signal,
          compression: "none",
        }),
    );
    return this.sender;
  }
}
