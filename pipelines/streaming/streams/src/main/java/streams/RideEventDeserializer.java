package streams;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Deserializer;
import streams.RideEvent.Mark;
import streams.RideEvent.Ride;
import streams.RideEvent.Unreadable;

/**
 * Reads ride events. What can't be read is a value, too, and no exception: so it goes to the dead letters within the same transaction as everything
 * else, and once. Only a registry that doesn't answer is an exception: then nothing is read until it does.
 */
final class RideEventDeserializer implements Deserializer<RideEvent> {
  /** An event whose time lies further behind its sending than any clock explains would close all windows. New York's clock is behind UTC. */
  private static final long PLAUSIBLE = TimeUnit.DAYS.toMicros(1);

  private final AvroReader reader;

  RideEventDeserializer(SchemaRegistry registry) {
    reader = new AvroReader(registry, Schemas.RIDE_EVENT);
  }

  @Override
  public RideEvent deserialize(String topic, byte[] bytes) {
    try {
      return event(reader.read(bytes), bytes);
    } catch (AvroReader.UnreadableException | ArithmeticException error) {
      return new Unreadable(bytes, error.getMessage());
    }
  }

  private static RideEvent event(GenericRecord record, byte[] bytes) throws AvroReader.UnreadableException {
    var pickup = (long) record.get("pickup_datetime");
    // Kafka passes over records with such times, silently.
    if (pickup < 0) throw new AvroReader.UnreadableException("pickup_datetime lies before 1970");
    var time = pickup / 1000;
    var type = record.get("event_type").toString();
    var isMark = type.equals("end_of_replay");
    if (!isMark && !type.equals("ride")) throw new AvroReader.UnreadableException("event_type is \"" + type + "\"");
    var producedAt = (long) record.get("produced_at");
    if (pickup > producedAt + PLAUSIBLE) throw new AvroReader.UnreadableException("the " + (isMark ? "mark lies" : "ride begins") + " after it was sent");
    if (isMark) return new Mark(time);
    var cents = cents((ByteBuffer) record.get("total_amount"));
    return new Ride(record.get("event_id").toString(), (long) record.get("pickup_zone_id"), time, cents, producedAt, bytes);
  }

  /** The contract's money has two digits behind the point. */
  private static Long cents(ByteBuffer decimal) {
    if (decimal == null) return null;
    var bytes = new byte[decimal.remaining()];
    decimal.duplicate().get(bytes);
    return bytes.length == 0 ? null : new BigInteger(bytes).longValueExact();
  }
}
