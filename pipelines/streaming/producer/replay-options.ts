import type { Cluster } from "../client/cluster";
import type { PaceOptions } from "./pace";
import type { RidesSource } from "./rides";

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
