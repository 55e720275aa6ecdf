package streams;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.EncoderFactory;

/** Records in Confluent's wire format, as producers write them. */
final class AvroBytes {
  /** 2023-11-14T22:13:20Z, in microseconds. */
  static final long SENT = 1_700_000_000_000_000L;

  private AvroBytes() {}

  static GenericRecord rideEvent(String id, String type, long zone, String pickup, String total) {
    var record = new GenericData.Record(Schemas.RIDE_EVENT);
    record.put("event_id", id);
    record.put("event_type", type);
    record.put("service", "yellow");
    record.put("pickup_zone_id", zone);
    record.put("pickup_datetime", micros(pickup));
    record.put("total_amount", total == null ? null : ByteBuffer.wrap(new BigDecimal(total).unscaledValue().toByteArray()));
    record.put("produced_at", SENT);
    return record;
  }

  static GenericRecord zone(long id, String borough, String name) {
    var record = new GenericData.Record(Schemas.ZONE);
    record.put("zone_id", id);
    record.put("borough", borough);
    record.put("zone", name);
    record.put("produced_at", SENT);
    return record;
  }

  static long micros(String local) {
    return ChronoUnit.MICROS.between(LocalDateTime.of(1970, 1, 1, 0, 0), LocalDateTime.parse(local));
  }

  static LocalDateTime local(Object micros) {
    return LocalDateTime.ofEpochSecond((long) micros / 1_000_000, 0, ZoneOffset.UTC);
  }

  static byte[] of(int schemaId, Schema schema, GenericRecord record) {
    try {
      var bytes = new ByteArrayOutputStream();
      bytes.write(0);
      bytes.write(ByteBuffer.allocate(4).putInt(schemaId).array());
      var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
      encoder.flush();
      return bytes.toByteArray();
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }
}
