package streams;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SystemLimitException;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;

/**
 * Reads records in Confluent's wire format: a zero, the number of the schema that the record was written by in four bytes, then Avro. Whatever a record
 * was written by, it is read as `wanted` says. Threads may share it.
 */
final class AvroReader {
  private static final int HEAD = 5;

  /** No record is longer. Avro makes room for as many bytes as a record says that it has, before it looks whether they are there. */
  private static final String LONGEST = String.valueOf(1 << 20);

  static {
    // Avro looks at these once, when it reads its first text.
    System.setProperty(SystemLimitException.MAX_STRING_LENGTH_PROPERTY, LONGEST);
    System.setProperty(SystemLimitException.MAX_BYTES_LENGTH_PROPERTY, LONGEST);
  }

  private final SchemaRegistry registry;
  private final Schema wanted;
  private final ThreadLocal<Map<Integer, Written>> known = ThreadLocal.withInitial(HashMap::new);

  AvroReader(SchemaRegistry registry, Schema wanted) {
    this.registry = registry;
    this.wanted = wanted;
  }

  /**
   * The record in these bytes.
   *
   * @throws UnreadableException when they can't be read, now or later
   * @throws SchemaRegistry.RegistryTrouble when that can't be known now
   */
  GenericRecord read(byte[] bytes) throws UnreadableException {
    if (bytes == null) throw new UnreadableException("there is no value");
    if (bytes.length < HEAD || bytes[0] != 0) throw new UnreadableException("the value doesn't begin with a zero and a schema's number");
    var written = written(ByteBuffer.wrap(bytes, 1, HEAD - 1).getInt());
    if (written.refusal() != null) throw new UnreadableException(written.refusal());
    try {
      var decoder = DecoderFactory.get().binaryDecoder(bytes, HEAD, bytes.length - HEAD, null);
      var read = written.reader().read(null, decoder);
      if (decoder.isEnd()) return read;
    } catch (IOException | RuntimeException error) {
      // Avro has no exception of its own for much of what bytes may hold.
      throw new UnreadableException("the value isn't what its schema says: " + error);
    }
    throw new UnreadableException("bytes follow the end of the record");
  }

  private Written written(int id) throws UnreadableException {
    var before = known.get().get(id);
    if (before != null) return before;
    try {
      var schema = registry.schemaOf(id).orElseThrow(() -> new UnreadableException("the registry has no schema " + id));
      var refusal = Meanings.difference(schema, wanted).map(difference -> "by its schema " + id + " " + difference).orElse(null);
      var written = new Written(new GenericDatumReader<>(schema, wanted), refusal);
      known.get().put(id, written);
      return written;
    } catch (AvroRuntimeException error) {
      throw new UnreadableException("its schema " + id + " can't be read: " + error);
    }
  }

  /** How records of a schema are read; or why they aren't. */
  private record Written(GenericDatumReader<GenericRecord> reader, String refusal) {}

  /** Bytes that no patience makes readable. */
  static final class UnreadableException extends Exception {
    UnreadableException(String message) {
      super(message);
    }
  }
}
