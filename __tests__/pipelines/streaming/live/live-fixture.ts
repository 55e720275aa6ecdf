import type { LiveState } from "../../../../pipelines/streaming/live/src/live-state";

/** A cluster of three brokers, of which one is behind, while rides come in. */
export const flowing: LiveState = {
  at: "2026-01-02T10:15:00.000Z",
  bootstrapServers: "127.0.0.1:9092",
  trouble: null,
  isFlowing: true,
  brokers: [1, 2, 3],
  latency: { p50: 120, p99: 1850 },
  seconds: Array.from({ length: 60 }, (_none, second) => ({ rides: 4000 + (second % 7) * 200, updates: 900 })),
  windows: [
    { start: "2020-03-01T18:00", pickups: 5100, zones: 2, finalZones: 0 },
    { start: "2020-03-01T17:00", pickups: 7200, zones: 3, finalZones: 3 },
  ],
  zones: [
    { zoneId: 237, zone: "Upper East Side South", borough: "Manhattan", pickups: 8000, revenue: 12_345_600 },
    { zoneId: 132, zone: "JFK Airport", borough: "Queens", pickups: 4000, revenue: 22_000_000 },
    { zoneId: 264, zone: `</script><img src="https://example.com/x.png">`, borough: "Unknown", pickups: 300, revenue: -250 },
  ],
  groups: [
    { group: "trips-lake-sink", topic: "trips.rides", lag: 0 },
    { group: "trips-streams", topic: "trips.rides", lag: 1200 },
  ],
  partitions: [
    { topic: "trips.rides", partition: 0, leader: 1, replicas: [1, 2, 3], inSync: [1, 2, 3] },
    { topic: "trips.rides", partition: 1, leader: 2, replicas: [1, 2, 3], inSync: [2, 1] },
    { topic: "trips.rides", partition: 2, leader: null, replicas: [3], inSync: [] },
  ],
};

/** A cluster that was just started. */
export const empty: LiveState = {
  ...flowing,
  ...{ isFlowing: false, brokers: [1], latency: null, seconds: [], windows: [], zones: [], groups: [], partitions: [] },
};
