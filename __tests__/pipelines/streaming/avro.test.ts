import { Decoder } from "../../../pipelines/streaming/avro/decoder";
import { readable } from "../../../pipelines/streaming/avro/readable";
import type { SchemaRegistry } from "../../../pipelines/streaming/avro/schema-registry";
import { amountText, avroType, localText, renderedSchema, type RideEvent } from "../../../pipelines/streaming/avro/schemas";
import { fromWire, toWire, UndecodableError } from "../../../pipelines/streaming/avro/wire-format";

const type = avroType(renderedSchema("ride_event"));
const ride: RideEvent = {
  event_id: "0f3a",
  event_type: "ride",
  service: "yellow",
  pickup_zone_id: 132,
  dropoff_zone_id: null,
  pickup_datetime: 1_583_020_800_000_001,
  dropoff_datetime: null,
  fare_amount: -250,
  total_amount: null,
  produced_at: 1_795_401_667_402_999,
};

/** A registry that knows these schemas. */
const knows = (...schemas: string[]) => ({ byId: (id: number) => Promise.resolve(schemas[id - 1]!) }) as unknown as SchemaRegistry;

describe("Avro", () => {
  test("a ride is the same behind the wire: nulls, a negative amount, a microsecond", async () => {
    const read = await new Decoder(knows(renderedSchema("ride_event"))).decode(toWire(type, 1, ride));
    expect(read).toEqual(ride);
  });

  test.each([
    [0, "00"],
    [-1, "ff"],
    [127, "7f"],
    [128, "0080"],
    [-128, "80"],
    [-129, "ff7f"],
    [-250, "ff06"],
    [999_999_999_999, "00e8d4a50fff"],
    [-999_999_999_999, "ff172b5af001"],
  ])("%p cents are the bytes that Java's BigInteger gives", (cents, hex) => {
    const amount = avroType(JSON.stringify({ type: "bytes", logicalType: "decimal", precision: 12, scale: 2 }));
    const bytes = amount.toBuffer(cents);
    expect(bytes.subarray(1).toString("hex")).toBe(hex);
    expect(amount.fromBuffer(bytes)).toBe(cents);
  });

  test.each([0.5, 1_000_000_000_000, Number.NaN, "12.50"])("an amount of %p isn't written", (amount) => {
    expect(() => type.toBuffer({ ...ride, fare_amount: amount })).toThrow(/invalid/);
  });

  test("a time that isn't exact isn't written", () => {
    expect(() => type.toBuffer({ ...ride, pickup_datetime: 1.5 })).toThrow(/invalid "long"/);
    expect(() => type.toBuffer({ ...ride, pickup_datetime: 2 ** 60 })).toThrow(/invalid "long"/);
  });

  test("the wire's head is a zero and the schema's id", () => {
    const bytes = toWire(type, 0x01020304, ride);
    expect([...bytes.subarray(0, 5)]).toEqual([0, 1, 2, 3, 4]);
    expect(fromWire(bytes).id).toBe(0x01020304);
  });

  test.each([
    ["too short", Buffer.from([0, 0])],
    ["of another format", Buffer.from('{"event_id": 1}')],
    ["cut off", toWire(type, 1, ride).subarray(0, 20)],
    ["longer than the value", Buffer.concat([toWire(type, 1, ride), Buffer.from("x")])],
  ])("bytes that are %s are undecodable, the first time and later", async (_what, bytes) => {
    const decoder = new Decoder(knows(renderedSchema("ride_event")));
    const attempt = async () => decoder.decode(bytes);
    await expect(attempt()).rejects.toThrow(UndecodableError);
    await decoder.decode(toWire(type, 1, ride));
    await expect(attempt()).rejects.toThrow(UndecodableError);
  });

  test("what was written by an older schema is read as the newer one, and what can't be is undecodable", async () => {
    const field = (name: string, more: object) => ({ name, ...more });
    const schema = (...fields: object[]) => JSON.stringify({ type: "record", name: "R", fields });
    const old = schema(field("a", { type: "long" }));
    const newer = schema(field("a", { type: "long" }), field("b", { type: ["null", "string"], default: null }));
    const other = schema(field("c", { type: "string" }));
    const bytes = toWire(avroType(old), 1, { a: 1 });
    expect(await new Decoder(knows(old), avroType(newer)).decode(bytes)).toEqual({ a: 1, b: null });
    await expect((async () => new Decoder(knows(old), avroType(other)).decode(bytes))()).rejects.toThrow(UndecodableError);
  });

  test("people read amounts with a point and times as ISO has them", () => {
    expect(readable(type, { ...ride })).toMatchObject({
      fare_amount: "-2.50",
      total_amount: null,
      pickup_datetime: "2020-03-01T00:00:00.000001",
      produced_at: "2026-11-23T02:41:07.402999Z",
      pickup_zone_id: 132,
    });
    expect([amountText(5), amountText(-5), amountText(123_456)]).toEqual(["0.05", "-0.05", "1234.56"]);
    expect([localText(-1), localText(0)]).toEqual(["1969-12-31T23:59:59.999999", "1970-01-01T00:00:00"]);
  });
});
