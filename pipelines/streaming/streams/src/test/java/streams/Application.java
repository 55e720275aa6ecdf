package streams;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The application on Kafka's driver: each record is one transaction, and what it leads to comes at once. */
final class Application implements AutoCloseable {
  /** The clock on the wall, which never moves. */
  static final Instant NOW = Instant.parse("2023-11-14T22:13:21Z");

  static final Windows WINDOWS = new Windows(Duration.ofHours(1), Duration.ofHours(2));

  private final SchemasInMemory registry = new SchemasInMemory();
  private final TopologyTestDriver driver;
  private final int rideSchema = registry.idOf(RidesPerZone.RIDES, Schemas.RIDE_EVENT);

  Application(Path state) {
    var settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, RidesPerZone.APPLICATION);
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    driver = new TopologyTestDriver(new RidesPerZone(WINDOWS, registry).topology(), settings, NOW);
  }

  /** A ride, or what is sent again when its id was there before. */
  void ride(String id, long zone, String pickup, String total) {
    event(zone, AvroBytes.rideEvent(id, "ride", zone, pickup, total));
  }

  void mark(String time) {
    event(0, AvroBytes.rideEvent("replay-1/0", "end_of_replay", 0, time, null));
  }

  void event(Object key, GenericRecord event) {
    bytes(key, AvroBytes.of(rideSchema, event.getSchema(), event));
  }

  /** Any bytes on the rides' topic. */
  void bytes(Object key, byte[] value) {
    driver.createInputTopic(RidesPerZone.RIDES, new StringSerializer(), new ByteArraySerializer()).pipeInput(key.toString(), value);
  }

  void zone(long id, String borough, String name) {
    zoneBytes(id, AvroBytes.of(schema(Schemas.ZONE), Schemas.ZONE, AvroBytes.zone(id, borough, name)));
  }

  void zoneBytes(long id, byte[] value) {
    driver.createInputTopic(RidesPerZone.ZONES, new StringSerializer(), new ByteArraySerializer()).pipeInput(String.valueOf(id), value);
  }

  int schema(Schema schema) {
    return registry.idOf("any", schema);
  }

  /** What came to the topic since it was last asked for, each as `zone|window pickups revenue`. */
  List<String> answers(String topic) {
    return records(topic).stream().map(this::told).toList();
  }

  List<TestRecord<String, byte[]>> records(String topic) {
    TestOutputTopic<String, byte[]> output = driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer());
    return new ArrayList<>(output.readRecordsToList());
  }

  GenericRecord read(TestRecord<String, byte[]> record) {
    try {
      return new AvroReader(registry, Schemas.ZONE_HOUR).read(record.value());
    } catch (AvroReader.UnreadableException error) {
      throw new AssertionError(error);
    }
  }

  private String told(TestRecord<String, byte[]> record) {
    var hour = read(record);
    return record.key() + " " + hour.get("pickups") + " " + money(hour.get("revenue"));
  }

  static BigDecimal money(Object bytes) {
    var buffer = (ByteBuffer) bytes;
    var digits = new byte[buffer.remaining()];
    buffer.duplicate().get(digits);
    return new BigDecimal(new BigInteger(digits), 2);
  }

  /** How many rides were counted, came again and so on. */
  long count(String what) {
    return driver.metrics().values().stream()
        .filter(metric -> metric.metricName().name().equals(what + "-total") && metric.metricName().group().equals("stream-rides-metrics"))
        .mapToLong(metric -> ((Number) metric.metricValue()).longValue())
        .sum();
  }

  @Override
  public void close() {
    driver.close();
  }
}
