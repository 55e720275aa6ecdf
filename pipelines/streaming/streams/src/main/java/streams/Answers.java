package streams;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Writes what is told of a zone's window, as Avro, for one topic. Such a record's time is now, not the window's: topics drop records by their age, and
 * an answer isn't as old as the rides that it counts.
 */
final class Answers extends ContextualProcessor<Windowed<String>, ZoneHour, String, byte[]> {
  private final GenericDatumWriter<GenericRecord> writer = new GenericDatumWriter<>(Schemas.ZONE_HOUR);
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final int schemaId;
  private BinaryEncoder encoder;

  Answers(int schemaId) {
    this.schemaId = schemaId;
  }

  @Override
  public void process(Record<Windowed<String>, ZoneHour> record) {
    var window = record.key().window();
    var now = context().currentSystemTimeMs();
    var key = record.key().key() + "|" + LocalDateTime.ofInstant(Instant.ofEpochMilli(window.start()), ZoneOffset.UTC);
    context().forward(new Record<>(key, value(record.value(), window.start(), window.end(), now), now));
  }

  private byte[] value(ZoneHour hour, long start, long end, long now) {
    var tally = hour.tally();
    var record = new GenericData.Record(Schemas.ZONE_HOUR);
    record.put("pickup_zone_id", tally.zone());
    record.put("borough", hour.borough());
    record.put("zone", hour.zone());
    record.put("window_start", start * 1000);
    record.put("window_end", end * 1000);
    record.put("pickups", tally.pickups());
    record.put("revenue", ByteBuffer.wrap(BigInteger.valueOf(tally.cents()).toByteArray()));
    record.put("ride_produced_at", tally.producedAt());
    record.put("updated_at", now * 1000);
    return avro(record);
  }

  private byte[] avro(GenericRecord record) {
    try {
      bytes.reset();
      bytes.write(0);
      bytes.write(ByteBuffer.allocate(4).putInt(schemaId).array());
      encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
      writer.write(record, encoder);
      encoder.flush();
      return bytes.toByteArray();
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }
}
