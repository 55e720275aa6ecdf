import type { Column } from "../model/column";
import type { Event } from "../model/event";
import type { NamedColumn } from "../model/table";

/** A type with a meaning: how a `long` is a time, or `bytes` an amount. */
export interface AvroLogicalType {
  readonly type: "bytes" | "int" | "long";
  readonly logicalType: string;
  readonly precision?: number;
  readonly scale?: number;
}

/** A type of Avro's, as far as we use them. */
export type AvroType = "string" | "long" | "boolean" | AvroLogicalType;

/** A field; what isn't required may be null, and is null in what was written before there was such a field. */
export type AvroField =
  | { readonly name: string; readonly doc: string; readonly type: AvroType }
  | { readonly name: string; readonly doc: string; readonly type: readonly ["null", AvroType]; readonly default: null };

/** An Avro schema, https://avro.apache.org/docs/1.12.0/specification/ */
export interface AvroSchema {
  readonly type: "record";
  readonly name: string;
  readonly namespace: string;
  readonly doc: string;
  readonly fields: readonly AvroField[];
}

/** Avro's type of a column. */
type AvroTypeOf = (column: Column) => AvroType;

const avroType: AvroTypeOf = ({ type, precision, scale }) => {
  switch (type) {
    case "string":
    case "boolean":
      return type;
    case "integer":
      return "long";
    case "decimal":
      return { type: "bytes", logicalType: "decimal", precision, scale };
    case "date":
      return { type: "int", logicalType: "date" };
    case "local_datetime":
      return { type: "long", logicalType: "local-timestamp-micros" };
    case "instant":
      return { type: "long", logicalType: "timestamp-micros" };
  }
};

/** The event's schema, for Kafka and its registry. */
export const avroSchema = (event: Event): AvroSchema => record(event, avroType);

/**
 * The event's schema for a Pub/Sub topic whose messages BigQuery gets. A logical type that Pub/Sub doesn't list counts as the plain type
 * beneath it, and it lists no local timestamp: so a wall-clock time is text there, such as `2020-03-01 00:12:34.000000`, which goes into a
 * DATETIME.
 *
 * @see https://cloud.google.com/pubsub/docs/bigquery#avro-types
 */
export const pubSubAvroSchema = (event: Event): AvroSchema =>
  record(event, (column) => (column.type === "local_datetime" ? "string" : avroType(column)));

const record = ({ name, description, fields }: Event, typeOf: AvroTypeOf): AvroSchema => ({
  type: "record",
  name: pascalCase(name),
  namespace: "trips.events",
  doc: description,
  fields: fields.map((field) => fieldOf(field, typeOf(field))),
});

// Null comes first: Avro takes a default for the first type of a union.
const fieldOf = ({ name, description: doc, required }: NamedColumn, type: AvroType): AvroField =>
  required === true ? { name, doc, type } : { name, doc, type: ["null", type], default: null };

const pascalCase = (name: string): string => name.replace(/(?:^|_)([a-z0-9])/g, (_, first: string) => first.toUpperCase());
