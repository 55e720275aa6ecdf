import type { Type } from "avsc";
import { RegistryError, type SchemaRegistry } from "./schema-registry";
import { avroType } from "./schemas";
import { fromWire, UndecodableError } from "./wire-format";

/** What reads the Avro of one schema. */
type Read = (body: Buffer) => unknown;

/** Reads values of any schema that the registry knows. */
export class Decoder {
  private readonly reads = new Map<number, Read>();
  private readonly written = new Map<number, Type>();
  private readonly unknown = new Set<number>();

  /**
   * @param reader the type that values are wanted as: what was written by an older or newer schema is brought to it. Else they come as written.
   */
  constructor(
    private readonly registry: SchemaRegistry,
    private readonly reader?: Type,
  ) {}

  /**
   * The value in these bytes; at once where the schema has been seen before, which is always but the first time.
   *
   * @throws UndecodableError for bytes that are no value of the schema they name; RegistryError where the registry can't be had
   */
  public decode(bytes: Buffer): unknown {
    const { id, body } = fromWire(bytes);
    const read = this.reads.get(id);
    return read === undefined ? this.learn(id).then((learnt) => readOf(learnt, body, id)) : readOf(read, body, id);
  }

  /** The type by which these bytes were written; undefined before they were decoded. */
  public writtenBy(bytes: Buffer): Type | undefined {
    return this.written.get(fromWire(bytes).id);
  }

  private async learn(id: number): Promise<Read> {
    const written = typeOf(await this.schemaOf(id), id);
    this.written.set(id, written);
    const { reader } = this;
    const read: Read = reader === undefined ? (body) => written.fromBuffer(body) : resolved(reader, written, id);
    this.reads.set(id, read);
    return read;
  }

  private async schemaOf(id: number): Promise<string> {
    const complaint = `the registry knows no schema ${String(id)}`;
    // Who writes registers first: what it doesn't know now it won't know later.
    if (this.unknown.has(id)) throw new UndecodableError(complaint);
    try {
      return await this.registry.byId(id);
    } catch (error) {
      if (!(error instanceof RegistryError && error.unknown)) throw error;
      this.unknown.add(id);
      throw new UndecodableError(complaint);
    }
  }
}

/** A schema that isn't read here stays so: without this a consumer would fall over the same record again and again. */
function typeOf(schema: string, id: number): Type {
  try {
    return avroType(schema);
  } catch (error) {
    throw new UndecodableError(`schema ${String(id)} isn't understood: ${(error as Error).message}`);
  }
}

function resolved(reader: Type, written: Type, id: number): Read {
  try {
    const resolver = reader.createResolver(written);
    return (body) => reader.fromBuffer(body, resolver);
  } catch (error) {
    throw new UndecodableError(`schema ${String(id)} can't be read as ${String(reader.name)}: ${(error as Error).message}`);
  }
}

function readOf(read: Read, body: Buffer, id: number): unknown {
  try {
    return read(body);
  } catch (error) {
    throw new UndecodableError(`no value of schema ${String(id)}: ${(error as Error).message}`);
  }
}
