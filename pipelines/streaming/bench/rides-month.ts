import { DuckDBInstance } from "@duckdb/node-api";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { RidesSource } from "../producer/rides";

const MONTH = "2020-03";
const MICROS = 31 * 86_400_000_000;

/** Writes a clean month of so many rides, spread evenly over its time and over the zones, and the zones. */
export async function ridesMonth(folder: string, rides: number): Promise<RidesSource> {
  const [clean, scratch] = [join(folder, `clean-${String(rides)}`), join(folder, "scratch")];
  const [trips, zones] = [join(clean, "yellow", `month=${MONTH}`), join(clean, "zones")];
  for (const part of [trips, zones, scratch]) mkdirSync(part, { recursive: true });
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  await connection.run(`copy (
    select md5(i::varchar) as trip_id, (i * 7919) % 265 + 1 as pickup_zone_id, (i * 104729) % 265 + 1 as dropoff_zone_id,
      timestamp '${MONTH}-01' + to_microseconds(i * ${String(Math.floor(MICROS / rides))}) as pickup_datetime,
      timestamp '${MONTH}-01 00:20:00' + to_microseconds(i * ${String(Math.floor(MICROS / rides))}) as dropoff_datetime,
      (i % 90 + 2.5)::decimal(12, 2) as fare_amount, (i % 90 + 5.8)::decimal(12, 2) as total_amount
    from range(${String(rides)}) rides(i)
  ) to '${join(trips, "trips.parquet")}' (format parquet)`);
  await connection.run(`copy (
    select range + 1 as zone_id, 'Borough' as borough, 'Zone ' || range as zone, 'Zone' as service_zone from range(265)
  ) to '${join(zones, "zones.parquet")}' (format parquet)`);
  connection.closeSync();
  instance.closeSync();
  return { clean, month: MONTH, scratch };
}
