/** Pickups of one zone in the windows shown. */
export interface LiveZone {
  readonly zoneId: number;
  readonly zone: string;
  readonly borough: string;
  readonly pickups: number;
  /** US cents. */
  readonly revenue: number;
}

/** One window of event time. */
export interface LiveWindow {
  /** Its beginning, New York wall-clock time: `2020-03-01T17:00`. */
  readonly start: string;
  readonly pickups: number;
  /** Zones whose number for it is final. */
  readonly finalZones: number;
  readonly zones: number;
}

/** How far a group is behind in all of our topics. */
export interface LiveGroup {
  readonly group: string;
  readonly topic: string;
  readonly lag: number;
}

/** Who leads a partition, and which brokers have all of it. */
export interface LivePartition {
  readonly topic: string;
  readonly partition: number;
  /** Broker's number; null where none leads. */
  readonly leader: number | null;
  readonly replicas: readonly number[];
  readonly inSync: readonly number[];
}

/** One second. */
export interface LiveSecond {
  /** Rides that came into trips.rides. */
  readonly rides: number;
  /** Updates of zones' windows that came out. */
  readonly updates: number;
}

/** What the page shows, told every second. */
export interface LiveState {
  /** ISO instant. */
  readonly at: string;
  readonly bootstrapServers: string;
  /** What keeps it from asking the cluster; null where all is well. */
  readonly trouble: string | null;
  /** Whether rides or updates have come in the last seconds. */
  readonly isFlowing: boolean;
  readonly brokers: readonly number[];
  /** Milliseconds from a ride's sending to the update that counts it, read here; null where there was none in the last seconds. */
  readonly latency: { readonly p50: number; readonly p99: number } | null;
  /** The last two minutes, oldest first. */
  readonly seconds: readonly LiveSecond[];
  /** Newest first. */
  readonly windows: readonly LiveWindow[];
  /** Most pickups first, over the windows shown. */
  readonly zones: readonly LiveZone[];
  readonly groups: readonly LiveGroup[];
  readonly partitions: readonly LivePartition[];
}
