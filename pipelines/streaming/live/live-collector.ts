import { setMaxListeners } from "node:events";
import { type Cluster, why } from "../client/cluster";
import { ClusterWatch } from "./cluster-watch";
import type { LiveSecond, LiveState } from "./src/live-state";
import { FINALS, UPDATES, UpdateFeed } from "./update-feed";

const RIDES = "trips.rides";

const TICK_MILLISECONDS = 1_000;

/** Seconds that are shown. */
const SECONDS = 120;

/** Seconds without a record after which nothing flows. */
const QUIET_SECONDS = 5;

/** Follows a cluster and tells, every second, what a page should show. */
export class LiveCollector {
  private readonly seconds: LiveSecond[] = [];
  private readonly stopping = new AbortController();
  private readonly watch: ClusterWatch;
  private readonly feed: UpdateFeed;
  private ridesBefore: number | undefined;
  private lastLatency: { readonly latency: LiveState["latency"]; readonly age: number } = { latency: null, age: 0 };
  private lastReport: Pick<LiveState, "brokers" | "groups" | "partitions"> = { brokers: [], groups: [], partitions: [] };
  private going: Promise<unknown> = Promise.resolve();

  /** @param onState told every second */
  constructor(
    private readonly cluster: Cluster,
    private readonly onState: (state: LiveState) => void,
  ) {
    // Each request that is on its way listens to it.
    setMaxListeners(0, this.stopping.signal);
    this.watch = new ClusterWatch(cluster, [RIDES, UPDATES, FINALS]);
    this.feed = new UpdateFeed(cluster, this.stopping.signal);
  }

  public start(): void {
    this.going = Promise.all([this.feed.run(), this.tick()]);
  }

  public async stop(): Promise<void> {
    this.stopping.abort();
    await this.going;
    await this.watch.close();
  }

  private async tick(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const next = Date.now() + TICK_MILLISECONDS;
      let trouble: string | null = null;
      try {
        const { ends, ...report } = await this.watch.report();
        this.lastReport = report;
        this.count(ends.get(RIDES));
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
    const { count: updates, p50, p99 } = this.feed.latencies.end();
    this.seconds.push({ rides, updates });
    if (this.seconds.length > SECONDS) this.seconds.shift();
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
      windows: this.feed.windows.shown(),
      zones: this.feed.windows.zones(),
    };
  }
}
