import { DuckDBInstance } from "@duckdb/node-api";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { RideEvent, Zone } from "../avro/schemas";
import { StreamingError } from "../client/streaming-error";

/** A ride before it is sent. */
export type Ride = Omit<RideEvent, "produced_at">;

/** There is nothing to replay; the message says what there is. */
export class SourceError extends StreamingError {
  public override readonly name = "SourceError";
}

/** What DuckDB may take to sort a month; what is more goes to disk. A month of 2019 has seven million rides. */
const MEMORY = "256MB";

/** Which rides are replayed, of what ingest has left in the lake's clean zone. */
export interface RidesSource {
  /** Folder of the clean zone: `<service>/month=<YYYY-MM>/trips.parquet`, `zones/zones.parquet`. */
  readonly clean: string;

  /** `YYYY-MM` */
  readonly month: string;

  /** Services whose rides have a meter, which is what the event tells of. @default all that have delivered the month */
  readonly services?: readonly string[];

  /** Folder for what sorting puts to disk, in a folder of each replay's own. */
  readonly scratch: string;
}

/** Services whose rides are events. */
export const STREAMED_SERVICES = ["yellow", "green"];

/**
 * The month's files, by service.
 *
 * @throws SourceError where there is none, or one that was asked for isn't there
 */
export function monthFiles({ clean, month, services }: Omit<RidesSource, "scratch">): ReadonlyMap<string, string> {
  const file = (service: string): string => join(clean, service, `month=${month}`, "trips.parquet");
  const there = (services ?? STREAMED_SERVICES).filter((service) => existsSync(file(service)));
  const missing = services?.find((service) => !there.includes(service));
  if (missing !== undefined || there.length === 0) {
    const months = `npm run pipelines -- dev --months ${month} brings a month; npm run status shows those there are.`;
    throw new SourceError(`There are no clean ${missing ?? STREAMED_SERVICES.join(" or ")} rides of ${month}: ${months}`);
  }
  return new Map(there.map((service) => [service, file(service)]));
}

/** The zones as ingest has cleaned them. @throws SourceError where there are none */
export async function readZones({ clean }: Pick<RidesSource, "clean">): Promise<Omit<Zone, "produced_at">[]> {
  const file = join(clean, "zones/zones.parquet");
  if (!existsSync(file)) throw new SourceError("There are no clean zones: npm run pipelines brings them.");
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  try {
    const reader = await connection.runAndReadAll(
      `select zone_id::double as zone_id, borough, zone, service_zone from read_parquet(${literal(file)}) order by zone_id`,
    );
    return reader.getRowObjectsJS() as unknown as Omit<Zone, "produced_at">[];
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** The rides of all services together in order of pickup, some thousand at a time; how many there are doesn't matter to memory. */
export async function* readRides(source: RidesSource): AsyncGenerator<readonly Ride[]> {
  const selects = [...monthFiles(source)].map(([service, file]) => rideColumns(service, file));
  // Its own: DuckDB names its files the same each time, and takes them away when it closes.
  mkdirSync(source.scratch, { recursive: true });
  const scratch = mkdtempSync(join(source.scratch, "replay-"));
  const instance = await DuckDBInstance.create(":memory:", { memory_limit: MEMORY, temp_directory: scratch, threads: "1" });
  const connection = await instance.connect();
  try {
    const result = await connection.stream(`${selects.join(" union all ")} order by pickup_datetime, event_id`);
    for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
      yield rows(chunk.getColumns() as unknown[][], chunk.rowCount);
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * How many rides there are.
 *
 * @param before only rides picked up before, in microseconds as in an event. @default all
 */
export async function countRides(source: Omit<RidesSource, "scratch">, before?: number): Promise<number> {
  const condition = before === undefined ? "" : ` where epoch_us(pickup_datetime) < ${String(before)}`;
  const files = [...monthFiles(source).values()].map(literal).join(", ");
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  try {
    const reader = await connection.runAndReadAll(
      `select count(*)::double from read_parquet([${files}], union_by_name = true)${condition}`,
    );
    return reader.getRowsJS()[0]?.[0] as number;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Whole numbers below 2^53 are the same as doubles, which cross to JavaScript without a big integer for each. */
const rideColumns = (service: string, file: string): string => `
  select trip_id as event_id, ${literal(service)} as service, pickup_zone_id::double, dropoff_zone_id::double,
    epoch_us(pickup_datetime)::double as pickup_datetime, epoch_us(dropoff_datetime)::double,
    (fare_amount * 100)::bigint::double, (total_amount * 100)::bigint::double
  from read_parquet(${literal(file)})`;

function rows(columns: unknown[][], count: number): Ride[] {
  const [ids, services, pickupZones, dropoffZones, pickups, dropoffs, fares, totals] = columns;
  return Array.from({ length: count }, (_, row) => ({
    event_id: ids?.[row] as string,
    event_type: "ride",
    service: services?.[row] as string,
    pickup_zone_id: pickupZones?.[row] as number,
    dropoff_zone_id: dropoffZones?.[row] as number | null,
    pickup_datetime: pickups?.[row] as number,
    dropoff_datetime: dropoffs?.[row] as number | null,
    fare_amount: fares?.[row] as number | null,
    total_amount: totals?.[row] as number | null,
  }));
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
