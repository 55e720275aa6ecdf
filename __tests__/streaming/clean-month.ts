import { DuckDBInstance } from "@duckdb/node-api";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { RidesSource } from "../../pipelines/streaming/producer/rides";

/** Writes a clean month of rides as ingest leaves them, and three zones; in no order, with a fare below zero and a null. */
export async function cleanMonth(folder: string, rides: number): Promise<RidesSource> {
  const [month, clean, scratch] = ["2020-03", join(folder, "clean"), join(folder, "scratch")];
  for (const part of [join(clean, "yellow", `month=${month}`), join(clean, "zones"), scratch]) mkdirSync(part, { recursive: true });
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  await connection.run(`copy (
    select md5(i::varchar) as trip_id, (i * 7919) % 265 + 1 as pickup_zone_id, case when i % 10 = 0 then null else i % 265 + 1 end as dropoff_zone_id,
      timestamp '2020-03-01' + to_microseconds((i * 104729 % ${String(rides)}) * ${String(Math.floor(2_678_400_000_000 / rides))} + 1) as pickup_datetime,
      timestamp '2020-03-01 12:00:00' as dropoff_datetime,
      (case when i % 50 = 0 then -2.5 else i % 90 + 0.1 end)::decimal(12, 2) as fare_amount, (i % 90 + 3.3)::decimal(12, 2) as total_amount
    from range(${String(rides)}) rides(i)
  ) to '${join(clean, "yellow", `month=${month}`, "trips.parquet")}' (format parquet)`);
  await connection.run(`copy (
    select * from (values (1, 'EWR', 'Newark Airport', 'EWR'), (132, 'Queens', 'JFK Airport', 'Airports'), (264, 'Unknown', null, null))
      zones(zone_id, borough, zone, service_zone)
  ) to '${join(clean, "zones/zones.parquet")}' (format parquet)`);
  connection.closeSync();
  instance.closeSync();
  return { clean, month, scratch };
}
