import { DuckDBInstance } from "@duckdb/node-api";
import type { ZoneHour } from "./zone-hour";

/**
 * The batch's answer to the stream's question: pickups and revenue per zone and hour of the rides that came with one month's files.
 *
 * @param warehouse a DuckDB file: the warehouse's copy for readers.
 * @param marts dataset that holds `fct_trips`.
 * @param fileMonth `YYYY-MM`.
 * @param services only theirs.
 */
export async function batchAnswer(
  warehouse: string,
  marts: string,
  fileMonth: string,
  services: readonly string[],
): Promise<readonly ZoneHour[]> {
  const instance = await DuckDBInstance.create(warehouse, { access_mode: "READ_ONLY" });
  const connection = await instance.connect();
  try {
    const reader = await connection.runAndReadAll(
      `select
         pickup_zone_id::integer,
         strftime(date_trunc('hour', pickup_datetime), '%Y-%m-%dT%H:%M'),
         count(*)::integer,
         (coalesce(sum(total_amount), 0) * 100)::double
       from "${marts}".fct_trips
       where file_month = $1::date and list_contains(string_split($2, ','), service)
       group by all`,
      [`${fileMonth}-01`, services.join(",")],
    );
    return reader.getRows().map(([zoneId, hour, pickups, revenueCents]) => ({
      zoneId: Number(zoneId),
      hour: String(hour),
      pickups: Number(pickups),
      revenueCents: Number(revenueCents),
    }));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
