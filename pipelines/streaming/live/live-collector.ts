import { Decoder } from "../avro/decoder";
import { avroType, renderedSchema, type ZoneHour } from "../avro/schemas";
import { SchemaRegistry } from "../avro/schema-registry";
import { UndecodableError } from "../avro/wire-format";
import { type Cluster, why } from "../client/cluster";
import { Latencies, latencyOf } from "../consumer/latencies";
import type { Received } from "../consumer/received";
import { TopicReader } from "../consumer/topic-reader";
import { ClusterWatch } from "./cluster-watch";
import type { LiveSecond, LiveState } from "./src/live-state";
import { ZoneWindows } from "./zone-windows";

const RIDES = "trips.rides";
const UPDATES = "trips.pickups-per-zone";
const FINALS = "trips.pickups-per-zone.final";

const POLL_MILLISECONDS = 300;
const TICK_MILLISECONDS = 1_000;

/** Records behind the end with which reading begins, of each partition: so that a page that is opened late isn't empty. */
const RECENT = 2_000n;

/** Seconds that are shown. */
const SECONDS = 120;

/** Seconds without a record after which nothing flows. */
const QUIET_SECONDS = 5;

/** Follows a cluster and tells, every second, what a page should show. */
export class LiveCollector {
  private readonly windows = new ZoneWindows();
  private readonly latencies = new Latencies();
  private readonly seconds: LiveSecond[] = [];
  private readonly stopping = new AbortController();
  private readonly watch: ClusterWatch;
  private updates = 0;
  private ridesBefore: number | undefined;
  private lastLatency: { readonly latency: LiveState["latency"]; readonly age: number } = { latency: null, age: 0 };
  private lastReport: Pick<LiveState, "brokers" | "groups" | "partitions"> = { brokers: [], groups: [], partitions: [] };
  private going: Promise<unknown> = Promise.resolve();

  /** @param onState told every second */
  constructor(
    private readonly cluster: Cluster,
    private readonly onState: (state: LiveState) => void,
  ) {
    this.watch = new ClusterWatch(cluster, [RIDES, UPDATES, FINALS]);
  }

  public start(): void {
    this.going = Promise.all([this.read(), this.tick()]);
  }

  public async stop(): Promise<void> {
    this.stopping.abort();
    await this.going;
    await this.watch.close();
  }

  /** Reads updates and finals for as long as it goes on; a cluster that is away is waited for. */
  private async read(): Promise<void> {
    const { signal } = this.stopping;
    const registry = new SchemaRegistry({ url: this.cluster.registryUrl, signal });
    const decoder = new Decoder(registry, avroType(renderedSchema("zone_hour")));
    const reader = new TopicReader(this.cluster, { signal, patience: 3_000 });
    while (!signal.aborted) {
      try {
        if (reader.positions.size === 0) await begin(reader);
        for (const record of await reader.poll(POLL_MILLISECONDS)) await this.take(record, decoder);
      } catch {
        // The next report says what is wrong; a reader pauses by itself before it gives up.
      }
    }
    await reader.close();
  }

  private async take({ topic, value }: Received, decoder: Decoder): Promise<void> {
    if (value === null) return;
    try {
      const decoded = decoder.decode(value);
      const hour = (decoded instanceof Promise ? await decoded : decoded) as ZoneHour;
      this.windows.add(hour, topic === FINALS);
      if (topic !== UPDATES) return;
      this.updates += 1;
      this.latencies.add(latencyOf({ ...hour }));
    } catch (error) {
      // Who counts puts it to the dead letters; this only shows.
      if (!(error instanceof UndecodableError)) throw error;
    }
  }

  private async tick(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const next = Date.now() + TICK_MILLISECONDS;
      let trouble: string | null = null;
      try {
        const { ends, ...report } = await this.watch.report();
        this.lastReport = report;
        this.count(ends.get(RIDES) ?? 0);
      } catch (error) {
        trouble = why(error, this.cluster);
        this.count(undefined);
      }
      if (!signal.aborted) this.onState(this.state(trouble));
      await new Promise<void>((done) => {
        const timer = setTimeout(done, Math.max(next - Date.now(), 0));
        signal.addEventListener("abort", () => (clearTimeout(timer), done()), { once: true });
      });
    }
  }

  /** @param end offset behind the last ride; undefined where it couldn't be asked */
  private count(end: number | undefined): void {
    const rides = end === undefined || this.ridesBefore === undefined ? 0 : Math.max(end - this.ridesBefore, 0);
    this.ridesBefore = end ?? this.ridesBefore;
    this.seconds.push({ rides, updates: this.updates });
    this.updates = 0;
    if (this.seconds.length > SECONDS) this.seconds.shift();
    const { p50, p99 } = this.latencies.end();
    const isOld = this.lastLatency.age >= QUIET_SECONDS;
    if (p50 !== undefined && p99 !== undefined) this.lastLatency = { latency: { p50, p99 }, age: 0 };
    else this.lastLatency = { latency: isOld ? null : this.lastLatency.latency, age: this.lastLatency.age + 1 };
  }

  private state(trouble: string | null): LiveState {
    return {
      at: new Date().toISOString(),
      bootstrapServers: this.cluster.bootstrapServers,
      trouble,
      isFlowing: this.seconds.slice(-QUIET_SECONDS).some(({ rides, updates }) => rides + updates > 0),
      ...this.lastReport,
      latency: this.lastLatency.latency,
      seconds: [...this.seconds],
      windows: this.windows.shown(),
      zones: this.windows.zones(),
    };
  }
}

async function begin(reader: TopicReader): Promise<void> {
  const positions = new Map<string, bigint>();
  for (const topic of [UPDATES, FINALS]) {
    const first = await reader.offsets(topic, false);
    for (const [key, end] of await reader.offsets(topic, true)) {
      const least = first.get(key) ?? 0n;
      positions.set(key, end - RECENT > least ? end - RECENT : least);
    }
  }
  for (const [key, position] of positions) reader.positions.set(key, position);
}
