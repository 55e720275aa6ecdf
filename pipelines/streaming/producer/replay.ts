import { randomUUID } from "node:crypto";
import { avroType, nowMicros, renderedSchema } from "../avro/schemas";
import { SchemaRegistry } from "../avro/schema-registry";
import { toWire } from "../avro/wire-format";
import { type Cluster, ClusterError, partitionsOf, why } from "../client/cluster";
import { StreamingError } from "../client/streaming-error";
import { endOfReplay, MARK_KEY } from "./end-of-replay";
import { Pace, type PaceOptions } from "./pace";
import { RecordSender } from "./record-sender";
import { monthFiles, readRides, readZones, type RidesSource } from "./rides";

const RIDES = "trips.rides";
const ZONES = "trips.zones";

/** How far a replay has come. */
export interface ReplayProgress {
  /** Rides that all in-sync replicas have. */
  readonly acknowledged: number;

  /** Event time of the ride that was sent last, in microseconds; undefined before the first. */
  readonly eventTime: number | undefined;
}

/** What came of a replay. */
export interface ReplaySummary extends ReplayProgress {
  /** Seconds from the first ride's sending to the last one's acknowledgement. */
  readonly seconds: number;

  /** Whether all rides were sent, and the marks behind them. */
  readonly isWhole: boolean;
}

/** What is replayed, where to, and how quickly. */
export interface ReplayOptions extends PaceOptions {
  readonly rides: RidesSource;
  readonly cluster: Cluster;

  /** Ends the replay after the batches that are on their way. */
  readonly signal: AbortSignal;

  /** Milliseconds for which brokers may refuse a batch. @default 120000 */
  readonly patience?: number;
  readonly compression?: "none" | "lz4" | "gzip";
  readonly onProgress?: (progress: ReplayProgress) => void;

  /** Told what it waits for; undefined when it goes on. */
  readonly onTrouble?: (trouble: unknown) => void;
}

/**
 * Sends a month's rides in order of pickup, after the zones, and behind them a mark on each partition.
 *
 * Repeatable: an event's id is its trip's, so who reads can tell what was sent before. One that was ended before its time sends no marks.
 *
 * @throws SourceError, ClusterError, RegistryError, or what kept a batch from being acknowledged
 */
export async function replay(options: ReplayOptions): Promise<ReplaySummary> {
  const { rides, cluster, signal, onTrouble } = options;
  monthFiles(rides);
  const partitions = await partitionsOf(cluster, [RIDES, ZONES]);
  const registry = new SchemaRegistry({ url: cluster.registryUrl, signal, onWait: onTrouble });
  const count = (topic: string): number => partitions.get(topic) ?? 1;
  await sendZones(options, registry, count(ZONES));
  const schema = renderedSchema("ride_event");
  const [type, id] = [avroType(schema), await registry.register(RIDES, schema)];
  onTrouble?.(undefined);
  const sender = new RecordSender({ ...options, topic: RIDES, partitions: count(RIDES) });
  const replaying = new Replaying(options, sender, (event) => toWire(type, id, { ...event, produced_at: nowMicros() }));
  try {
    return await replaying.run(count(RIDES));
  } finally {
    await sender.close();
  }
}

/** One replay on its way. */
class Replaying {
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
      if (!this.options.signal.aborted) throw isForPeople(error) ? error : new ClusterError(why(error, this.options.cluster));
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

const isForPeople = (error: unknown): boolean => error instanceof StreamingError;

/** Rides after which it looks whether too many are on their way. */
const CHECK_EVERY = 256;

/** The zones go first: who joins rides with them has them all by then. Compaction keeps the newest of each. */
async function sendZones(options: ReplayOptions, registry: SchemaRegistry, partitions: number): Promise<void> {
  const schema = renderedSchema("zone");
  const [type, id] = [avroType(schema), await registry.register(ZONES, schema)];
  const sender = new RecordSender({ ...options, topic: ZONES, partitions });
  try {
    for (const zone of await readZones(options.rides)) {
      const value = toWire(type, id, { ...zone, produced_at: nowMicros() });
      sender.add({ key: Buffer.from(String(zone.zone_id)), value });
    }
    await sender.drained();
  } finally {
    await sender.close();
  }
}
