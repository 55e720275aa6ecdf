package streams;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;

/** Schemas of the contracts, as `npm run generate` wrote them. */
final class Schemas {
  static final Schema RIDE_EVENT = schema("ride_event");
  static final Schema ZONE = schema("zone");
  static final Schema ZONE_HOUR = schema("zone_hour");

  private Schemas() {}

  private static Schema schema(String name) {
    try (var file = Schemas.class.getResourceAsStream("/avro/" + name + ".avsc")) {
      return new Schema.Parser().parse(file);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }
}
