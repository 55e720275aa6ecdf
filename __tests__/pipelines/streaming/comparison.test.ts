import { DuckDBInstance } from "@duckdb/node-api";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { batchAnswer } from "../../../pipelines/streaming/comparison/batch-answer";
import { compare, type ZoneHour } from "../../../pipelines/streaming/comparison/zone-hour";

const answer: readonly ZoneHour[] = [
  { zoneId: 132, hour: "2019-03-01T17:00", pickups: 3, revenueCents: 12_345 },
  { zoneId: 7, hour: "2019-03-01T17:00", pickups: 1, revenueCents: -250 },
];
const [first, second] = answer as [ZoneHour, ZoneHour];

test("the same zone hours in another order are equal", () => {
  expect(compare([second, first], answer)).toEqual({ equal: true, zoneHours: 2, pickups: 4, differences: [] });
});

test.each([
  [
    "a cent less",
    [{ ...first, revenueCents: 12_344 }, second],
    "132|2019-03-01T17:00: 3 pickups, 123.44 USD in the stream, 3 pickups, 123.45 USD in the batch",
  ],
  [
    "one pickup more",
    [first, { ...second, pickups: 2 }],
    "7|2019-03-01T17:00: 2 pickups, -2.50 USD in the stream, 1 pickups, -2.50 USD in the batch",
  ],
  ["a zone hour less", [first], "7|2019-03-01T17:00: nothing in the stream, 1 pickups, -2.50 USD in the batch"],
  ["a final result twice", [first, first, second], "132|2019-03-01T17:00: the stream says it twice"],
  [
    "another hour",
    [first, second, { ...second, hour: "2019-03-01T18:00" }],
    "7|2019-03-01T18:00: 1 pickups, -2.50 USD in the stream, nothing in the batch",
  ],
])("%s is told", (_what, stream, difference) => {
  expect(compare(stream, answer)).toMatchObject({ equal: false, differences: [difference] });
});

test("the batch counts the month's rides of the services asked for, by zone and hour, to the cent", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "batch-answer-")), "warehouse.duckdb");
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  await connection.run(`create schema trips_marts;
    create table trips_marts.fct_trips (service varchar, file_month date, pickup_zone_id bigint, pickup_datetime timestamp, total_amount decimal(12, 2));
    insert into trips_marts.fct_trips values
      ('yellow', '2019-03-01', 132, '2019-03-01 17:00:00', 100.10),
      ('yellow', '2019-03-01', 132, '2019-03-01 17:59:59.999999', 23.35),
      ('green', '2019-03-01', 132, '2019-03-01 17:30:00', null),
      ('yellow', '2019-03-01', 7, '2019-03-01 18:00:00', -2.50),
      ('yellow', '2019-04-01', 132, '2019-03-01 17:30:00', 1),
      ('fhv', '2019-03-01', 132, '2019-03-01 17:30:00', 1);`);
  connection.closeSync();
  instance.closeSync();

  const found = await batchAnswer(file, "trips_marts", "2019-03", ["yellow", "green"]);

  expect(compare(found, [first, { ...second, hour: "2019-03-01T18:00" }])).toMatchObject({ equal: true, pickups: 4 });
});
