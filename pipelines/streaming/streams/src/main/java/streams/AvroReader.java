package streams;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/** Reads records in Confluent's wire format: a zero, the number of the schema that the record was written by in four bytes, then Avro. */
final class AvroReader {
  private static final int HEAD = 5;

  private final SchemaRegistry registry;
  private final Schema wanted;
  private final Map<Integer, GenericDatumReader<GenericRecord>> readers = new HashMap<>();
  private BinaryDecoder decoder;

  /** For one thread. Whatever a record was written by, it is read as `wanted` says. */
  AvroReader(SchemaRegistry registry, Schema wanted) {
    this.registry = registry;
    this.wanted = wanted;
  }

  /**
   * The record in these bytes.
   *
   * @throws UnreadableException when they can't be read, now or later
   */
  GenericRecord read(byte[] bytes) throws UnreadableException {
    if (bytes == null) throw new UnreadableException("there is no value");
    if (bytes.length < HEAD || bytes[0] != 0) throw new UnreadableException("the value doesn't begin with a zero and a schema's number");
    try {
      var reader = reader(ByteBuffer.wrap(bytes, 1, HEAD - 1).getInt());
      decoder = DecoderFactory.get().binaryDecoder(bytes, HEAD, bytes.length - HEAD, decoder);
      var read = reader.read(null, decoder);
      if (!decoder.isEnd()) throw new UnreadableException("bytes follow the end of the record");
      return read;
    } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException | NegativeArraySizeException error) {
      throw new UnreadableException("the value isn't what its schema says: " + error);
    }
  }

  private GenericDatumReader<GenericRecord> reader(int id) throws UnreadableException {
    var known = readers.get(id);
    if (known != null) return known;
    var written = registry.schemaOf(id).orElseThrow(() -> new UnreadableException("the registry has no schema " + id));
    var reader = new GenericDatumReader<GenericRecord>(written, wanted);
    readers.put(id, reader);
    return reader;
  }

  /** Bytes that no patience makes readable. */
  static final class UnreadableException extends Exception {
    UnreadableException(String message) {
      super(message);
    }
  }
}
