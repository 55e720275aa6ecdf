import { Latencies, latencyOf } from "../../../../pipelines/streaming/consumer/latencies";
import { ZoneWindows } from "../../../../pipelines/streaming/live/zone-windows";

const HOUR = 3_600_000_000;
const START = Date.UTC(2020, 2, 1) * 1000;

const hour = (zone: number, at: number, pickups: number) => ({
  pickup_zone_id: zone,
  borough: zone === 264 ? null : "Queens",
  zone: zone === 264 ? null : `Zone of ${String(zone)}`,
  window_start: START + at * HOUR,
  window_end: START + (at + 1) * HOUR,
  pickups,
  revenue: pickups * 100,
  ride_produced_at: 0,
  updated_at: 0,
});

describe("windows of zones", () => {
  test("an update takes the place of the one before; zones are added up over windows", () => {
    const windows = new ZoneWindows();
    for (const each of [hour(132, 0, 1), hour(132, 0, 4), hour(264, 0, 2), hour(132, 1, 3)]) windows.add(each, false);
    windows.add(hour(264, 0, 2), true);
    expect(windows.shown()).toEqual([
      { start: "2020-03-01T01:00", pickups: 3, zones: 1, finalZones: 0 },
      { start: "2020-03-01T00:00", pickups: 6, zones: 2, finalZones: 1 },
    ]);
    expect(windows.zones()).toEqual([
      { zoneId: 132, zone: "Zone of 132", borough: "Queens", pickups: 7, revenue: 700 },
      { zoneId: 264, zone: "Zone 264", borough: "Unknown", pickups: 2, revenue: 200 },
    ]);
  });

  test("only the newest six are kept, and what comes later for older ones isn't taken", () => {
    const windows = new ZoneWindows();
    for (let at = 0; at < 10; at += 1) windows.add(hour(132, at, 1), false);
    windows.add(hour(132, 2, 9), true);
    expect(windows.shown().map(({ start }) => start)).toEqual(["09", "08", "07", "06", "05", "04"].map((each) => `2020-03-01T${each}:00`));
    expect(windows.zones()[0]!.pickups).toBe(6);
  });
});

describe("latencies", () => {
  test("median and 99th of a period, which the next one forgets", () => {
    const latencies = new Latencies();
    for (let each = 1; each <= 1000; each += 1) latencies.add(each);
    latencies.add(undefined);
    expect(latencies.end()).toMatchObject({ count: 1001, p50: 501, p99: 991 });
    expect(latencies.end()).toMatchObject({ count: 0, p50: undefined, p99: undefined });
  });

  test("of far more records than are kept, a fair sample", () => {
    const latencies = new Latencies();
    for (let each = 1; each <= 200_000; each += 1) latencies.add(each);
    const { p50 = 0, p99 = 0 } = latencies.end();
    expect(Math.abs(p50 / 100_000 - 1)).toBeLessThan(0.05);
    expect(Math.abs(p99 / 198_000 - 1)).toBeLessThan(0.05);
  });

  test("an update's is that of the newest ride it counts", () => {
    const ago = (milliseconds: number) => (Date.now() - milliseconds) * 1000;
    expect(latencyOf({ produced_at: ago(5000) })).toBeGreaterThanOrEqual(5000);
    expect(latencyOf({ ride_produced_at: ago(100), produced_at: ago(5000) })).toBeLessThan(2000);
    expect(latencyOf({ zone: 1 })).toBeUndefined();
    expect(latencyOf(null)).toBeUndefined();
  });
});
