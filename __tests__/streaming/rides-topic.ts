import { Decoder } from "../../pipelines/streaming/avro/decoder";
import { avroType, nowMicros, renderedSchema, type RideEvent, type ZoneHour } from "../../pipelines/streaming/avro/schemas";
import { SchemaRegistry } from "../../pipelines/streaming/avro/schema-registry";
import { toWire } from "../../pipelines/streaming/avro/wire-format";
import { type Cluster, partitionsOf } from "../../pipelines/streaming/client/cluster";
import { lag } from "../../pipelines/streaming/consumer/lag";
import { readToEnd } from "../../pipelines/streaming/consumer/read-to-end";
import type { Received } from "../../pipelines/streaming/consumer/received";
import { settled } from "../../pipelines/streaming/consumer/settled";
import { endOfReplay, MARK_KEY } from "../../pipelines/streaming/producer/end-of-replay";
import { partitionOf } from "../../pipelines/streaming/producer/murmur2";
import { RecordSender } from "../../pipelines/streaming/producer/record-sender";
import { until } from "./cluster";

const RIDES = "trips.rides";
const ZONES = "trips.zones";

/** What the application writes to. */
const ANSWERS = ["trips.pickups-per-zone", "trips.pickups-per-zone.final", "trips.dead-letter"];

/** How far the application has come with the rides' topic, by what it has committed. */
interface Progress {
  readonly done: number;
  readonly left: number;
}

type Encode = (value: object) => Buffer;

/** Sends to a cluster what the producer sends, record by record as a test wants it, and reads what the stream application answers. */
export class RidesTopic {
  private readonly signal = new AbortController().signal;
  private readonly encoders = new Map<string, Promise<Encode>>();

  constructor(
    private readonly cluster: Cluster,
    private readonly partitions: number,
  ) {}

  public static async of(cluster: Cluster): Promise<RidesTopic> {
    return new RidesTopic(cluster, (await partitionsOf(cluster, [RIDES])).get(RIDES) ?? 0);
  }

  public partitionOf(zone: number): number {
    return partitionOf(Buffer.from(String(zone)), this.partitions);
  }

  public async send(rides: readonly RideEvent[]): Promise<void> {
    const encode = await this.encoder(RIDES, "ride_event");
    await this.sending(RIDES, (sender) => {
      for (const ride of rides) sender.add(recordOf(ride, encode));
    });
  }

  /** Marks behind the last ride, on these partitions. */
  public async mark(last: number, partitions = Array.from({ length: this.partitions }, (_none, index) => index)): Promise<void> {
    const encode = await this.encoder(RIDES, "ride_event");
    await this.sending(RIDES, (sender) => {
      for (const partition of partitions) {
        sender.add({ key: MARK_KEY, value: encode({ ...endOfReplay("test", partition, last), produced_at: nowMicros() }), partition });
      }
    });
  }

  /** Any bytes, as a ride of the zone. */
  public sendBytes(zone: number, value: Buffer): Promise<void> {
    return this.sending(RIDES, (sender) => {
      sender.add({ key: Buffer.from(String(zone)), value });
    });
  }

  public async sendZones(zones: readonly number[]): Promise<void> {
    const encode = await this.encoder(ZONES, "zone");
    await this.sending(ZONES, (sender) => {
      for (const zone_id of zones) {
        const names = { borough: "Queens", zone: `Zone ${String(zone_id)}`, service_zone: null };
        sender.add({ key: Buffer.from(String(zone_id)), value: encode({ zone_id, ...names, produced_at: nowMicros() }) });
      }
    });
  }

  public async progress(): Promise<Progress> {
    const partitions = await lag(this.cluster, "trips-streams", RIDES);
    const left = partitions.reduce((sum, partition) => sum + partition.lag, 0);
    return { done: partitions.reduce((sum, { end }) => sum + Number(end), 0) - left, left };
  }

  /**
   * Resolves when the application has committed all rides and marks, and what it answers is there to be read: a transaction's end is written to each
   * partition by itself, to that of the group's offsets perhaps first.
   */
  public async isThrough(): Promise<void> {
    const isDone = ({ left }: Progress) => left === 0;
    await until("the application has counted every ride", () => this.progress(), isDone);
    await settled(this.cluster, ANSWERS, this.signal);
  }

  public async records(topic: string): Promise<Received[]> {
    const records: Received[] = [];
    for await (const record of readToEnd(this.cluster, topic, this.signal)) records.push(record);
    return records;
  }

  /** All that a topic of answers holds, in order within each key. */
  public async answers(topic: string): Promise<ZoneHour[]> {
    const decoder = new Decoder(new SchemaRegistry({ url: this.cluster.registryUrl }), avroType(renderedSchema("zone_hour")));
    const records = await this.records(topic);
    return Promise.all(records.map(async ({ value }) => (await decoder.decode(value ?? Buffer.alloc(0))) as ZoneHour));
  }

  /** The registry is asked once: it may be away later. */
  private encoder(topic: string, event: "ride_event" | "zone"): Promise<Encode> {
    const known = this.encoders.get(topic) ?? this.newEncoder(topic, event);
    this.encoders.set(topic, known);
    return known;
  }

  private async newEncoder(topic: string, event: "ride_event" | "zone"): Promise<Encode> {
    const schema = renderedSchema(event);
    const [type, id] = [avroType(schema), await new SchemaRegistry({ url: this.cluster.registryUrl }).register(topic, schema)];
    return (value) => toWire(type, id, value);
  }

  private async sending(topic: string, add: (sender: RecordSender) => void): Promise<void> {
    const partitions = (await partitionsOf(this.cluster, [topic])).get(topic) ?? 0;
    const sender = new RecordSender({ cluster: this.cluster, topic, partitions, signal: this.signal });
    try {
      add(sender);
      await sender.drained();
    } finally {
      await sender.close();
    }
  }
}

const recordOf = (ride: RideEvent, encode: Encode) => ({ key: Buffer.from(String(ride.pickup_zone_id)), value: encode(ride) });
