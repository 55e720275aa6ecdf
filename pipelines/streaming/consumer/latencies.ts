/** What a period's records took. */
export interface Period {
  readonly count: number;

  /** Records a second. */
  readonly rate: number;

  /** Milliseconds; undefined where there was no record. */
  readonly p50: number | undefined;
  readonly p99: number | undefined;
}

/** Records beyond which a period's latencies are a sample. */
const MOST_SAMPLES = 20_000;

/** Counts records and their latencies, period by period. */
export class Latencies {
  private count = 0;
  private samples: number[] = [];
  private start = performance.now();

  /** @param latency milliseconds; undefined where the record doesn't say when it was sent */
  public add(latency: number | undefined): void {
    this.count += 1;
    if (latency === undefined) return;
    // Each record has the same chance to be in the sample (reservoir).
    const at = this.samples.length < MOST_SAMPLES ? this.samples.length : Math.floor(Math.random() * this.count);
    if (at < MOST_SAMPLES) this.samples[at] = latency;
  }

  /** The period that ends now; another begins. */
  public end(): Period {
    const now = performance.now();
    const sorted = this.samples.sort((a, b) => a - b);
    const share = (part: number): number | undefined => sorted[Math.min(Math.floor(sorted.length * part), sorted.length - 1)];
    const period = { count: this.count, rate: (this.count / (now - this.start)) * 1000, p50: share(0.5), p99: share(0.99) };
    [this.count, this.samples, this.start] = [0, [], now];
    return period;
  }
}

/** Milliseconds since a record was produced, or the ride that it tells of last; undefined where it doesn't say. */
export function latencyOf(value: Readonly<Record<string, unknown>> | null): number | undefined {
  const micros = value?.ride_produced_at ?? value?.produced_at;
  return typeof micros === "number" ? Math.max(Date.now() - micros / 1000, 0) : undefined;
}
