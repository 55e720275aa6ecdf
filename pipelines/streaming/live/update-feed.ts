import { Decoder } from "../avro/decoder";
import { avroType, renderedSchema, type ZoneHour } from "../avro/schemas";
import { SchemaRegistry } from "../avro/schema-registry";
import { UndecodableError } from "../avro/wire-format";
import type { Cluster } from "../client/cluster";
import { Latencies, latencyOf } from "../consumer/latencies";
import type { Received } from "../consumer/received";
import { TopicReader } from "../consumer/topic-reader";
import { ZoneWindows } from "./zone-windows";

export const UPDATES = "trips.pickups-per-zone";
export const FINALS = "trips.pickups-per-zone.final";

const POLL_MILLISECONDS = 300;

/** Records behind the end with which reading begins, of each partition: so that a page that is opened late isn't empty. */
const RECENT = 2_000n;

/** What the stream application tells of zones and windows, as it comes. */
export class UpdateFeed {
  public readonly windows = new ZoneWindows();

  /** From the newest ride that an update counts to its reading here. */
  public readonly latencies = new Latencies();

  constructor(
    private readonly cluster: Cluster,
    private readonly signal: AbortSignal,
  ) {}

  /** Reads for as long as it isn't told to stop; a cluster that is away is waited for. */
  public async run(): Promise<void> {
    const { signal, cluster } = this;
    const decoder = new Decoder(new SchemaRegistry({ url: cluster.registryUrl, signal }), avroType(renderedSchema("zone_hour")));
    const reader = new TopicReader(cluster, { signal, patience: 3_000 });
    // Records of before the page was opened say nothing of how quick it is now.
    let ends: ReadonlyMap<string, bigint> = new Map();
    while (!signal.aborted) {
      try {
        if (reader.positions.size === 0) ends = await begin(reader);
        for (const record of await reader.poll(POLL_MILLISECONDS)) {
          await this.take(record, decoder, record.offset >= (ends.get(`${record.topic}:${String(record.partition)}`) ?? 0n));
        }
      } catch {
        // The cluster's report says what is wrong; a reader pauses by itself before it gives up.
      }
    }
    await reader.close();
  }

  private async take({ topic, value }: Received, decoder: Decoder, isNew: boolean): Promise<void> {
    if (value === null) return;
    try {
      const decoded = decoder.decode(value);
      const hour = (decoded instanceof Promise ? await decoded : decoded) as ZoneHour;
      this.windows.add(hour, topic === FINALS);
      if (topic === UPDATES && isNew) this.latencies.add(latencyOf({ ...hour }));
    } catch (error) {
      // Who counts puts it to the dead letters; this only shows.
      if (!(error instanceof UndecodableError)) throw error;
    }
  }
}

/** Sets the reader's positions a little before the ends, which it answers with. */
async function begin(reader: TopicReader): Promise<ReadonlyMap<string, bigint>> {
  const positions = new Map<string, bigint>();
  const ends = new Map<string, bigint>();
  for (const topic of [UPDATES, FINALS]) {
    const first = await reader.offsets(topic, false);
    for (const [key, end] of await reader.offsets(topic, true)) {
      const least = first.get(key) ?? 0n;
      ends.set(key, end);
      positions.set(key, end - RECENT > least ? end - RECENT : least);
    }
  }
  for (const [key, position] of positions) reader.positions.set(key, position);
  return ends;
}
