package streams;

import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.kstream.ValueJoiner;

/** Names a tally's zone. What can't be read of the zones' topic is an unknown zone: names aren't worth stopping for. */
final class ZoneNames implements ValueJoiner<Tally, byte[], ZoneHour> {
  private final AvroReader reader;

  ZoneNames(SchemaRegistry registry) {
    reader = new AvroReader(registry, Schemas.ZONE);
  }

  @Override
  public ZoneHour apply(Tally tally, byte[] zone) {
    if (zone == null) return new ZoneHour(tally, null, null);
    try {
      var record = reader.read(zone);
      return new ZoneHour(tally, text(record, "borough"), text(record, "zone"));
    } catch (AvroReader.UnreadableException error) {
      return new ZoneHour(tally, null, null);
    }
  }

  private static String text(GenericRecord record, String field) {
    var value = record.get(field);
    return value == null ? null : value.toString();
  }
}
