import { DuckDBInstance } from "@duckdb/node-api";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { closedBefore, endOfReplay } from "../../../pipelines/streaming/producer/end-of-replay";
import { Pace } from "../../../pipelines/streaming/producer/pace";
import { countRides, monthFiles, readRides, type Ride } from "../../../pipelines/streaming/producer/rides";

let folder: string;
const source = (services?: string[]) => ({ clean: folder, month: "2020-03", scratch: folder, services });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "rides-"));
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  for (const [service, first] of Object.entries({ yellow: 0, green: 1 })) {
    mkdirSync(join(folder, service, "month=2020-03"), { recursive: true });
    // Newest first, in turns: what is sent must be sorted over both.
    await connection.run(`copy (
      select '${service}' || i as trip_id, i % 5 + 1 as pickup_zone_id, if(i % 2 = 0, null, i) as dropoff_zone_id,
        timestamp '2020-03-01 00:00:00.000001' + to_seconds(20000 - (2 * i + ${String(first)})) as pickup_datetime, null::timestamp as dropoff_datetime,
        (-2.5)::decimal(12, 2) as fare_amount, if(i = 0, null, 9999999999.99)::decimal(12, 2) as total_amount
      from range(5000) rides(i)) to '${join(folder, service, "month=2020-03", "trips.parquet")}' (format parquet)`);
  }
  connection.closeSync();
  instance.closeSync();
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function all(services?: string[]): Promise<Ride[]> {
  const rides: Ride[] = [];
  for await (const some of readRides(source(services))) rides.push(...some);
  return rides;
}

describe("rides of a month", () => {
  test("services together in order of pickup, to the microsecond and the cent", async () => {
    const rides = await all();
    expect(rides).toHaveLength(10_000);
    expect(await countRides(source())).toBe(10_000);
    expect(await countRides(source(), rides[100]!.pickup_datetime)).toBe(100);
    expect(rides.slice(0, 3).map(({ service }) => service)).toEqual(["green", "yellow", "green"]);
    const times = rides.map(({ pickup_datetime }) => pickup_datetime);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(rides.at(-1)).toEqual({
      event_id: "yellow0",
      event_type: "ride",
      service: "yellow",
      pickup_zone_id: 1,
      dropoff_zone_id: null,
      pickup_datetime: Date.UTC(2020, 2, 1) * 1000 + 20_000_000_001,
      dropoff_datetime: null,
      fare_amount: -250,
      total_amount: null,
    });
    expect(rides[0]!.total_amount).toBe(999_999_999_999);
  });

  test("two replays at once sort in folders of their own, and leave none", async () => {
    const scratch = join(folder, "scratch");
    const replays = [1, 2].map(() => readRides({ ...source(), scratch }));
    for (const each of replays) await each.next();
    expect(readdirSync(scratch)).toHaveLength(2);
    for (const each of replays) await each.return(undefined);
    expect(readdirSync(scratch)).toEqual([]);
  });

  test("one service alone", async () => {
    expect(new Set((await all(["green"])).map(({ service }) => service))).toEqual(new Set(["green"]));
  });

  test("a month or a service that isn't there: which, and how to bring it", () => {
    expect(() => monthFiles({ ...source(), month: "2018-01" })).toThrow(/no clean yellow or green rides of 2018-01: npm run pipelines/);
    rmSync(join(folder, "green"), { recursive: true });
    expect(() => monthFiles(source(["yellow", "green"]))).toThrow(/no clean green rides of 2020-03/);
    expect([...monthFiles(source()).keys()]).toEqual(["yellow"]);
  });
});

describe("the mark behind a replay", () => {
  test("just late enough to close the last ride's hour and its grace of two", () => {
    const last = Date.UTC(2020, 2, 31, 23, 59, 59) * 1000;
    expect(endOfReplay("r", 4, last)).toMatchObject({
      event_id: "r/4",
      event_type: "end_of_replay",
      pickup_datetime: Date.UTC(2020, 3, 1, 2) * 1000,
    });
    // The first moment of an hour belongs to it.
    expect(endOfReplay("r", 4, Date.UTC(2020, 2, 31, 23) * 1000).pickup_datetime).toBe(Date.UTC(2020, 3, 1, 2) * 1000);
  });

  test("what it closes: the hours up to the last ride's", () => {
    expect(closedBefore(endOfReplay("r", 4, Date.UTC(2020, 2, 31, 23, 59, 59) * 1000).pickup_datetime)).toBe(Date.UTC(2020, 3, 1) * 1000);
    // A moment before it, that hour is open.
    expect(closedBefore(Date.UTC(2020, 3, 1, 2) * 1000 - 1)).toBe(Date.UTC(2020, 2, 31, 23) * 1000);
  });
});

describe("pace", () => {
  test("by rate: events wait for their number", () => {
    const pace = new Pace({ rate: 1000 });
    expect(pace.isDue(pace.ahead(0, 0))).toBe(true);
    expect(pace.ahead(10_000, 0)).toBeGreaterThan(9_000);
    expect(pace.ahead(10_000, 0)).toBeLessThanOrEqual(10_000);
  });

  test("by event time, from the first event on", () => {
    const pace = new Pace({ speedUp: 3600 });
    const [first, hour] = [Date.UTC(2020, 2, 1) * 1000, 3_600_000_000];
    expect(pace.isDue(pace.ahead(0, first))).toBe(true);
    const ahead = pace.ahead(1, first + 5 * hour);
    expect(ahead).toBeGreaterThan(4_000);
    expect(ahead).toBeLessThanOrEqual(5_000);
  });

  test("by event time, a stray ride a month before the others isn't waited for", () => {
    const pace = new Pace({ speedUp: 3600 });
    const [stray, hour] = [Date.UTC(2020, 1, 1) * 1000, 3_600_000_000];
    pace.ahead(0, stray);
    expect(pace.isDue(pace.ahead(1, stray + 29 * 24 * hour))).toBe(true);
    expect(pace.ahead(2, stray + (29 * 24 + 3) * hour)).toBeGreaterThan(2_000);
  });
});
