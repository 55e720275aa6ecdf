import { type Schema, Type, types } from "avsc";

/** Digits that every whole number of JavaScript's has exactly. */
const MOST_DIGITS = 15;

/**
 * Avro's `decimal` on `bytes`: an amount is the whole number of its smallest units, cents where the scale is 2. So no amount is ever rounded, and
 * none costs a big integer.
 *
 * @throws Error for a precision beyond 15 digits, and for values that aren't whole or have more digits than the precision
 * @see https://avro.apache.org/docs/1.12.0/specification/#decimal
 */
export class DecimalType extends types.LogicalType {
  private readonly scale: number;
  private readonly bound: number;

  constructor(schema: Schema, options?: unknown) {
    super(schema, options);
    const { precision, scale = 0 } = schema as unknown as { readonly precision: number; readonly scale?: number };
    if (precision > MOST_DIGITS)
      throw new Error(`A decimal of ${String(precision)} digits isn't read here: at most ${String(MOST_DIGITS)}.`);
    this.scale = scale;
    this.bound = 10 ** precision;
  }

  protected override _fromValue(bytes: Buffer): number {
    if (bytes.length === 0 || bytes.length > 7) throw new Error(`A decimal of ${String(bytes.length)} bytes isn't one of this schema.`);
    let units = bytes.readInt8(0);
    for (let at = 1; at < bytes.length; at += 1) units = units * 256 + bytes.readUInt8(at);
    return units;
  }

  /** Two's complement, highest byte first, in as few bytes as hold it: what Java's `BigInteger.toByteArray` gives. */
  protected override _toValue(units: unknown): Buffer | undefined {
    if (typeof units !== "number" || !Number.isSafeInteger(units) || Math.abs(units) >= this.bound) return undefined;
    let length = 1;
    for (let bound = 128; units >= bound || units < -bound; bound *= 256) length += 1;
    const bytes = Buffer.allocUnsafe(length);
    let rest = units;
    for (let at = length - 1; at >= 0; at -= 1) {
      const low = ((rest % 256) + 256) % 256;
      bytes[at] = low;
      rest = (rest - low) / 256;
    }
    return bytes;
  }

  /** Whether a schema that wrote is read by this one. */
  protected override _resolve(type: Type): ((value: unknown) => unknown) | undefined {
    if (type instanceof DecimalType && type.scale === this.scale) return this._fromValueOfSame;
    return undefined;
  }

  private readonly _fromValueOfSame = (value: unknown): unknown => value;
}
