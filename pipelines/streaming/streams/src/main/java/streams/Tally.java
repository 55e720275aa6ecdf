package streams;

import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * What is counted of a zone's window.
 *
 * @param cents exact; rides without an amount add nothing
 * @param producedAt when the newest of the rides was sent, in microseconds since 1970
 */
record Tally(long zone, long pickups, long cents, long producedAt) {
  /** Of a window in which there was no ride. */
  static final Tally NONE = new Tally(0, 0, 0, 0);

  /** A mark only makes time pass: it is counted nowhere. */
  Tally with(RideEvent event) {
    if (!(event instanceof RideEvent.Ride ride)) return this;
    var more = ride.cents() == null ? 0 : ride.cents();
    return new Tally(ride.zone(), pickups + 1, Math.addExact(cents, more), Math.max(producedAt, ride.producedAt()));
  }

  /** Four numbers, for the store and its changelog. */
  static Serde<Tally> serde() {
    Serializer<Tally> write =
        (topic, tally) -> tally == null ? null : ByteBuffer.allocate(32).putLong(tally.zone).putLong(tally.pickups).putLong(tally.cents).putLong(tally.producedAt).array();
    Deserializer<Tally> read = (topic, bytes) -> bytes == null ? null : read(ByteBuffer.wrap(bytes));
    return Serdes.serdeFrom(write, read);
  }

  private static Tally read(ByteBuffer bytes) {
    return new Tally(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
  }
}
