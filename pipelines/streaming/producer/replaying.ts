import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { ClusterError, why } from "../client/cluster";
import { StreamingError } from "../client/streaming-error";
import { endOfReplay, MARK_KEY } from "./end-of-replay";
import { Pace } from "./pace";
import type { RecordSender } from "./record-sender";
import type { ReplayOptions, ReplayProgress, ReplaySummary } from "./replay-options";
import { readRides } from "./rides";

/** Rides after which it looks whether too many are on their way. */
const CHECK_EVERY = 256;

/** Milliseconds that an ended replay waits for what is on its way to be acknowledged. */
const GRACE_MILLISECONDS = 3_000;

/** One replay on its way. */
export class Replaying {
  private eventTime: number | undefined;
  private readonly keys = new Map<number, Buffer>();

  constructor(
    private readonly options: ReplayOptions,
    private readonly sender: RecordSender,
    private readonly encode: (event: object) => Buffer,
  ) {}

  public async run(partitions: number): Promise<ReplaySummary> {
    const start = performance.now();
    const report = setInterval(() => this.options.onProgress?.(this.progress()), 1000);
    let isWhole = false;
    try {
      await this.sendRides();
      await this.sender.drained();
      if (this.eventTime !== undefined) await this.sendMarks(partitions, this.eventTime);
      isWhole = true;
    } catch (error) {
      if (!this.options.signal.aborted) throw error instanceof StreamingError ? error : new ClusterError(why(error, this.options.cluster));
      await Promise.race([this.sender.settled(), pause(GRACE_MILLISECONDS)]);
    } finally {
      clearInterval(report);
    }
    return { ...this.progress(), acknowledged: this.rides(isWhole, partitions), seconds: (performance.now() - start) / 1000, isWhole };
  }

  private async sendRides(): Promise<void> {
    const { rate, speedUp, signal, rides } = this.options;
    const pace = rate === undefined && speedUp === undefined ? undefined : new Pace({ rate, speedUp });
    let number = 0;
    for await (const chunk of readRides(rides)) {
      for (const ride of chunk) {
        const ahead = pace?.ahead(number, ride.pickup_datetime) ?? 0;
        if (pace && !pace.isDue(ahead)) await pace.wait(ahead, signal);
        if (number % CHECK_EVERY === 0) await this.sender.ready();
        this.sender.add({ key: this.key(ride.pickup_zone_id), value: this.encode(ride) });
        this.eventTime = ride.pickup_datetime;
        number += 1;
      }
    }
  }

  private async sendMarks(partitions: number, last: number): Promise<void> {
    const id = randomUUID();
    for (let partition = 0; partition < partitions; partition += 1) {
      this.sender.add({ key: MARK_KEY, value: this.encode(endOfReplay(id, partition, last)), partition });
    }
    await this.sender.drained();
  }

  private key(zone: number): Buffer {
    const key = this.keys.get(zone) ?? Buffer.from(String(zone));
    this.keys.set(zone, key);
    return key;
  }

  private progress(): ReplayProgress {
    return { acknowledged: this.sender.acknowledged, eventTime: this.eventTime };
  }

  private rides(isWhole: boolean, partitions: number): number {
    return this.sender.acknowledged - (isWhole && this.eventTime !== undefined ? partitions : 0);
  }
}
