package streams;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("rides that can't be read as they are meant")
class UnreadableTest {
  private Application application;

  @BeforeEach
  void start(@TempDir Path state) {
    application = new Application(state);
  }

  @AfterEach
  void stop() {
    application.close();
  }

  /** Asserts that the next ride counts, and answers with the reasons of the dead letters. */
  private List<String> reasons() {
    application.ride("next", 1, "2019-03-01T17:10:00", "1.00");
    assertEquals(List.of("1|2019-03-01T17:00 1 1.00"), application.answers(RidesPerZone.UPDATES));
    var letters = application.records(RidesPerZone.DEAD_LETTERS);
    return letters.stream().map(letter -> new String(letter.headers().lastHeader("reason").value())).toList();
  }

  @ParameterizedTest(name = "of {0} bytes")
  @DisplayName("a text or amount that says it is longer than any record is a dead letter, whatever room there is")
  @ValueSource(longs = {Long.MIN_VALUE, -1, 2 << 20, 500_000_000, Integer.MAX_VALUE, 1L << 31, (1L << 32) + 3, Long.MAX_VALUE})
  void lengths(long length) throws IOException {
    application.bytes(1, longText(length));
    application.bytes(1, longAmount(length));

    var reasons = reasons();
    assertEquals(2, reasons.size());
    for (var reason : reasons) assertEquals("the value isn't what its schema says", reason.split(":")[0]);
  }

  private byte[] longText(long length) throws IOException {
    return bytes(avro -> avro.writeLong(length));
  }

  private byte[] longAmount(long length) throws IOException {
    return bytes(
        avro -> {
          for (var text : List.of("a", "ride", "yellow")) avro.writeString(text);
          avro.writeLong(1);
          avro.writeIndex(0);
          avro.writeLong(AvroBytes.micros("2019-03-01T17:10:00"));
          avro.writeIndex(0);
          avro.writeIndex(0);
          avro.writeIndex(1);
          avro.writeLong(length);
        });
  }

  private byte[] bytes(Writing writing) throws IOException {
    var bytes = new ByteArrayOutputStream();
    bytes.write(0);
    bytes.write(ByteBuffer.allocate(4).putInt(application.schema(Schemas.RIDE_EVENT)).array());
    var avro = EncoderFactory.get().binaryEncoder(bytes, null);
    writing.write(avro);
    avro.flush();
    return bytes.toByteArray();
  }

  private interface Writing {
    void write(BinaryEncoder avro) throws IOException;
  }

  @ParameterizedTest(name = "{2}")
  @DisplayName("a ride whose numbers mean something else by its schema is a dead letter, and the reason says what")
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "\"scale\":2, \"scale\":4, `fare_amount is decimal of scale 4, not decimal of scale 2`",
        "\"scale\":2, \"scale\":0, `fare_amount is decimal of scale 0, not decimal of scale 2`",
        "\"logicalType\":\"decimal\", \"unit\":\"cents\", `fare_amount is a mere bytes, not decimal of scale 2`",
        "\"local-timestamp-micros, \"local-timestamp-millis, `pickup_datetime is local-timestamp-millis, not local-timestamp-micros`",
        "\"local-timestamp-micros, \"timestamp-micros, `pickup_datetime is timestamp-micros, not local-timestamp-micros`",
        "\"logicalType\":\"local-timestamp-micros\", \"unit\":\"ms\", `pickup_datetime is a mere long, not local-timestamp-micros`",
        "\"timestamp-micros, \"timestamp-millis, `produced_at is timestamp-millis, not timestamp-micros`",
      })
  void meanings(String ours, String theirs, String difference) {
    var id = another(ours, theirs);

    assertEquals(List.of("by its schema " + id + " " + difference), reasons());
  }

  @Test
  @DisplayName("a schema that differs in what doesn't matter is read")
  void precision() {
    another("\"precision\":12", "\"precision\":18");

    application.mark("2019-03-01T23:00:00");
    assertEquals(List.of("1|2019-03-01T17:00 1 2.00"), application.answers(RidesPerZone.FINALS));
  }

  /** Sends a ride by a schema in which something else stands; answers with its number. */
  private int another(String ours, String theirs) {
    var schema = new Schema.Parser().parse(Schemas.RIDE_EVENT.toString().replace(ours, theirs));
    var id = application.schema(schema);
    application.bytes(1, AvroBytes.of(id, schema, AvroBytes.rideEvent("other", "ride", 1, "2019-03-01T17:05:00", "2.00")));
    return id;
  }

  @Test
  @DisplayName("a mark that lies far behind its sending closes no windows")
  void mark() {
    application.mark("2098-01-01T00:00:00");

    assertEquals(List.of("the mark lies after it was sent"), reasons());
    assertEquals(List.of(), application.answers(RidesPerZone.FINALS));
  }
}
