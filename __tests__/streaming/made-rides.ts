import { DuckDBInstance } from "@duckdb/node-api";
import { writeFileSync } from "node:fs";
import { localText, nowMicros, type RideEvent } from "../../pipelines/streaming/avro/schemas";

const HOUR_MICROS = 3_600_000_000;

/** 2019-03-01T00:00. */
const BEGINNING = Date.UTC(2019, 2, 1) * 1000;

/** Zones that rides begin in; nobody knows 264. */
export const MADE_ZONES: readonly number[] = [1, 4, 7, 43, 68, 79, 100, 132, 138, 161, 230, 236, 264];

/**
 * Rides of some hours, the same for the same seed: in order of pickup, but for some that are sent up to half an hour late; with amounts below zero, and
 * some without one.
 */
export function makeRides(count: number, hours: number, seed: number): RideEvent[] {
  const random = randomFrom(seed);
  const whole = (below: number): number => Math.floor(random() * below);
  const rides = Array.from({ length: count }, (_none, index) => {
    const pickup = BEGINNING + whole(hours * HOUR_MICROS);
    const total = whole(50) === 0 ? null : whole(12_000) - 500;
    const ride = {
      event_id: `ride-${String(seed)}-${String(index)}`,
      event_type: "ride",
      service: whole(4) === 0 ? "green" : "yellow",
      pickup_zone_id: MADE_ZONES[whole(MADE_ZONES.length)] ?? 1,
      dropoff_zone_id: null,
      pickup_datetime: pickup,
      dropoff_datetime: null,
      fare_amount: null,
      total_amount: total,
      produced_at: nowMicros(),
    };
    return { ride, sent: pickup + (whole(10) === 0 ? whole(HOUR_MICROS / 2) : 0) };
  });
  return rides.sort((one, other) => one.sent - other.sent).map(({ ride }) => ride);
}

/** Some of the rides sent again, right away or up to a hundred later. */
export function withRepeats(rides: readonly RideEvent[], seed: number): RideEvent[] {
  const random = randomFrom(seed);
  const places = rides.flatMap((ride, at) => [
    { ride, at },
    ...(random() < 0.1 ? [{ ride, at: at + 1 + Math.floor(random() * 100) }] : []),
  ]);
  return places.sort((one, other) => one.at - other.at).map(({ ride }) => ride);
}

/** Pickups and revenue by plain SQL: `<zone>|<hour> <pickups> <cents>`, sorted. */
export async function countedBySql(rides: readonly RideEvent[], scratch: string): Promise<string[]> {
  const lines = rides.map(
    (ride) => `${ride.event_id},${String(ride.pickup_zone_id)},${localText(ride.pickup_datetime)},${String(ride.total_amount ?? "")}`,
  );
  writeFileSync(scratch, ["id,zone,pickup,cents", ...lines].join("\n"));
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const rows = await connection.runAndReadAll(`
    select zone, strftime(date_trunc('hour', pickup), '%Y-%m-%dT%H:%M') as hour, count(*) as pickups, coalesce(sum(cents), 0)::bigint as cents
    from read_csv('${scratch}', types = {id: varchar, zone: bigint, pickup: timestamp, cents: bigint})
    group by all`);
  connection.closeSync();
  instance.closeSync();
  return rows
    .getRowObjects()
    .map((row) => `${String(row.zone)}|${String(row.hour)} ${String(row.pickups)} ${String(row.cents)}`)
    .sort();
}

/** mulberry32: small, and good enough to choose rides by. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
