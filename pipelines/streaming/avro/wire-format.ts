import type { Type } from "avsc";

const MAGIC = 0;
const HEAD_BYTES = 5;

/** Bytes that aren't what the registry's writers write, or don't fit the schema they name. */
export class UndecodableError extends Error {
  public override readonly name = "UndecodableError";
}

/**
 * Bytes of a value as registries' clients write them: a zero, the schema's id in four bytes, then Avro.
 *
 * @throws Error where the value doesn't fit the type
 * @see https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format
 */
export function toWire(type: Type, id: number, value: unknown): Buffer {
  const body = type.toBuffer(value);
  const bytes = Buffer.allocUnsafe(HEAD_BYTES + body.length);
  bytes[0] = MAGIC;
  bytes.writeUInt32BE(id, 1);
  body.copy(bytes, HEAD_BYTES);
  return bytes;
}

/** The id and the Avro behind it. @throws UndecodableError */
export function fromWire(bytes: Buffer): { readonly id: number; readonly body: Buffer } {
  if (bytes.length < HEAD_BYTES) throw new UndecodableError(`${String(bytes.length)} bytes are too few for a schema's id`);
  if (bytes[0] !== MAGIC) throw new UndecodableError(`the first byte is ${String(bytes[0])}, not 0: no id of a schema`);
  return { id: bytes.readUInt32BE(1), body: bytes.subarray(HEAD_BYTES) };
}
