import { type Schema, Type } from "avsc";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DecimalType } from "./decimal-type";

const RENDERED = join(__dirname, "../../../contracts/generated/avro");

/** A ride, or the mark that a replay is over. Amounts are cents, times are microseconds: both whole numbers, so nothing is rounded. */
export interface RideEvent {
  readonly event_id: string;
  readonly event_type: string;
  readonly service: string;
  readonly pickup_zone_id: number;
  readonly dropoff_zone_id: number | null;
  /** New York's wall clock, in microseconds since 1970-01-01T00:00 of that clock. */
  readonly pickup_datetime: number;
  readonly dropoff_datetime: number | null;
  readonly fare_amount: number | null;
  readonly total_amount: number | null;
  /** Microseconds since 1970-01-01T00:00Z. */
  readonly produced_at: number;
}

/** A taxi zone, as `trips.zones` holds it. */
export interface Zone {
  readonly zone_id: number;
  readonly borough: string | null;
  readonly zone: string | null;
  readonly service_zone: string | null;
  readonly produced_at: number;
}

/** Pickups and revenue of one zone in one window, as the stream application tells them. Units as in {@link RideEvent}. */
export interface ZoneHour {
  readonly pickup_zone_id: number;
  readonly borough: string | null;
  readonly zone: string | null;
  readonly window_start: number;
  readonly window_end: number;
  readonly pickups: number;
  readonly revenue: number;
  readonly ride_produced_at: number;
  readonly updated_at: number;
}

/** A schema as text, as contracts render it; e.g. of `ride_event`. */
export const renderedSchema = (event: "ride_event" | "zone" | "zone_hour"): string => readFileSync(join(RENDERED, `${event}.avsc`), "utf8");

/** A type that writes and reads values of the schema. @throws Error for a schema that isn't one */
export function avroType(schema: string): Type {
  const parsed = JSON.parse(schema) as Schema;
  const type = Type.forSchema(parsed, { logicalTypes: { decimal: DecimalType }, omitRecordMethods: true });
  schemas.set(type, parsed);
  return type;
}

/** The schema of a type that {@link avroType} has made, whole: the type itself forgets what it needn't know, such as that a number is a time. */
export const schemaOf = (type: Type): unknown => schemas.get(type);

const schemas = new WeakMap<Type, Schema>();

/** Microseconds since 1970-01-01T00:00Z, now. */
export const nowMicros = (): number => Date.now() * 1000;

/** `2020-03-01T00:12:34.000001` of microseconds; the fraction is left out where it is zero. */
export function localText(micros: number): string {
  const fraction = ((micros % 1_000_000) + 1_000_000) % 1_000_000;
  const seconds = new Date((micros - fraction) / 1000).toISOString().slice(0, 19);
  return fraction === 0 ? seconds : `${seconds}.${String(fraction).padStart(6, "0")}`;
}

/** `-2.50` of -250 cents. */
export function amountText(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, "0");
  return `${cents < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
