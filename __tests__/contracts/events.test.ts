import { type Schema, Type } from "avsc";
import { event } from "../../contracts/model/event";
import { integer, localDatetime, string } from "../../contracts/model/column";
import { pubSubEvents, rideEvent, streamedEvents, zone, zoneHour } from "../../contracts/events";
import { avroSchema, pubSubAvroSchema } from "../../contracts/render/avro";
import { bigQuerySchema } from "../../contracts/render/bigquery";
import { zones } from "../../contracts/tables";
import { GRACE_MINUTES, WINDOW_MINUTES } from "../../contracts/windows";

const typesOf = (schema: { fields: readonly any[] }): Record<string, any> =>
  Object.fromEntries(schema.fields.map(({ name, type }) => [name, type]));

const fields = { zone: integer({ required: true, description: "" }), at: localDatetime({ required: true, description: "" }) };
const options = { description: "", fields, key: "zone", time: "at" };

describe("an event's contract", () => {
  test.each([
    ["a name that isn't one", () => event("Ride", options), /"Ride" is not a lower-case identifier/],
    [
      "a key that it doesn't have",
      () => event("ride", { ...options, key: "driver" }),
      /its key is "driver", which must be a required field/,
    ],
    [
      "a key that may be null",
      () => event("ride", { ...options, fields: { ...fields, driver: string({ description: "" }) }, key: "driver" }),
      /must be a required field/,
    ],
    ["a time that is none", () => event("ride", { ...options, time: "zone" }), /its time "zone" must be a point in time/],
  ])("with %s is refused", (_, declare, complaint) => {
    expect(declare).toThrow(complaint);
  });
});

describe("Avro", () => {
  test("has times in microseconds, exact amounts, and null first where a field may be null", () => {
    expect(typesOf(avroSchema(rideEvent))).toMatchObject({
      event_id: "string",
      pickup_zone_id: "long",
      dropoff_zone_id: ["null", "long"],
      pickup_datetime: { type: "long", logicalType: "local-timestamp-micros" },
      total_amount: ["null", { type: "bytes", logicalType: "decimal", precision: 12, scale: 2 }],
      produced_at: { type: "long", logicalType: "timestamp-micros" },
    });
  });

  test("for Pub/Sub says the same, but wall-clock times are text, for BigQuery's DATETIME", () => {
    const [plain, pubSub] = [typesOf(avroSchema(rideEvent)), typesOf(pubSubAvroSchema(rideEvent))];
    const differing = Object.keys(plain).filter((name) => JSON.stringify(plain[name]) !== JSON.stringify(pubSub[name]));

    expect(Object.keys(pubSub)).toEqual(Object.keys(plain));
    expect(differing).toEqual(["pickup_datetime", "dropoff_datetime"]);
    expect(pubSub).toMatchObject({ pickup_datetime: "string", dropoff_datetime: ["null", "string"] });
    expect(bigQuerySchema({ columns: rideEvent.fields, systemColumns: [] }).find(({ name }) => name === "pickup_datetime")?.type).toBe(
      "DATETIME",
    );
  });

  const ride = {
    event_id: "0a1b",
    event_type: "ride",
    service: "yellow",
    pickup_zone_id: 132,
    dropoff_zone_id: { long: 48 },
    pickup_datetime: 1_583_020_800_000_000,
    dropoff_datetime: { long: 1_583_022_300_000_000 },
    fare_amount: { bytes: Buffer.from([0x14, 0x50]) },
    total_amount: { bytes: Buffer.from([0x1a, 0x2c]) },
    produced_at: 1_700_000_000_000_000,
  };
  const nothing = { dropoff_zone_id: null, dropoff_datetime: null, fare_amount: null, total_amount: null };
  const mark = { ...ride, ...nothing, event_id: "replay-1/3", event_type: "end_of_replay", service: "", pickup_zone_id: 0 };

  const jfk = { borough: { string: "Queens" }, zone: { string: "JFK Airport" } };
  const at = 1_700_000_000_000_000;
  const hour = { pickup_zone_id: 132, ...jfk, window_start: 1_583_020_800_000_000, window_end: 1_583_024_400_000_000 };

  test.each([
    ["a ride", rideEvent, ride],
    ["the mark that ends a replay", rideEvent, mark],
    ["a zone", zone, { zone_id: 132, ...jfk, service_zone: { string: "Airports" }, produced_at: at }],
    ["a zone without names", zone, { zone_id: 264, borough: null, zone: null, service_zone: null, produced_at: at }],
    ["a zone's hour", zoneHour, { ...hour, pickups: 2, revenue: Buffer.from([0x14, 0x50]), ride_produced_at: at, updated_at: at }],
  ])("%s is written and read again", (_, contract, value) => {
    const type = Type.forSchema(avroSchema(contract) as Schema, { wrapUnions: true });

    expect(JSON.parse(type.toString(type.fromBuffer(type.toBuffer(value))))).toEqual(JSON.parse(type.toString(value)));
  });

  test("every schema is one that Avro reads", () => {
    for (const schema of [...streamedEvents.map(avroSchema), ...pubSubEvents.map(pubSubAvroSchema)])
      expect(Type.forSchema(schema as Schema).typeName).toBe("record");
  });
});

test("a zone that streams says what the table says of it", () => {
  const types = Object.fromEntries(zone.fields.map(({ name, type, required }) => [name, { type, required }]));
  for (const { name, type, required } of zones.columns) expect({ name, ...types[name] }).toEqual({ name, type, required });
});

test("windows divide the day, as the batch's hours do, and grace is whole windows", () => {
  expect((24 * 60) % WINDOW_MINUTES).toBe(0);
  expect(GRACE_MINUTES % WINDOW_MINUTES).toBe(0);
});
