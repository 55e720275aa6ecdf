package streams;

import static org.apache.kafka.streams.kstream.Suppressed.BufferConfig.unbounded;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.GlobalKTable;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Suppressed;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.Stores;
import streams.RideEvent.Unreadable;

/** Pickups and revenue per zone and window of event time: the question, as a topology. */
final class RidesPerZone {
  static final String APPLICATION = "trips-streams";
  static final String RIDES = "trips.rides";
  static final String ZONES = "trips.zones";
  static final String UPDATES = "trips.pickups-per-zone";
  static final String FINALS = "trips.pickups-per-zone.final";
  static final String DEAD_LETTERS = "trips.dead-letter";

  private static final Serde<String> TEXT = Serdes.String();
  private static final Serde<byte[]> BYTES = Serdes.ByteArray();

  private final Windows windows;
  private final SchemaRegistry registry;

  RidesPerZone(Windows windows, SchemaRegistry registry) {
    this.windows = windows;
    this.registry = registry;
  }

  /** Asks the registry for the numbers of the schemas that answers are written by. */
  Topology topology() {
    var builder = new StreamsBuilder();
    var zones = builder.globalTable(ZONES, Consumed.with(TEXT, BYTES), Materialized.as(Stores.inMemoryKeyValueStore("zones")));
    var events = events(builder);
    events.process(DeadLetters::new, Named.as("dead-letters")).to(DEAD_LETTERS, Produced.with(TEXT, BYTES));

    var tallies = tallies(events.processValues(new Admission(windows), Named.as("admission")));
    answer(tallies.toStream(), zones, UPDATES);
    answer(tallies.suppress(Suppressed.untilWindowCloses(unbounded()).withName("final")).toStream(), zones, FINALS);
    return builder.build();
  }

  private KStream<String, RideEvent> events(StreamsBuilder builder) {
    var event = Serdes.serdeFrom((topic, ignored) -> null, new RideEventDeserializer(registry));
    return builder.stream(RIDES, Consumed.with(TEXT, event).withTimestampExtractor(new EventTime()).withName("rides"))
        // An empty value isn't given to the deserializer.
        .mapValues((key, value) -> checked(key, value == null ? new Unreadable(null, "there is no value") : value));
  }

  /** Rides are counted where their key has brought them: under another one, some of a zone's would be counted elsewhere. */
  private static RideEvent checked(String key, RideEvent event) {
    if (!(event instanceof RideEvent.Ride ride) || String.valueOf(ride.zone()).equals(key)) return event;
    return new Unreadable(ride.bytes(), "its key is \"" + key + "\", its zone " + ride.zone());
  }

  private KTable<Windowed<String>, Tally> tallies(KStream<String, RideEvent> admitted) {
    var store = Stores.inMemoryWindowStore("tallies", windows.retention(), windows.size(), false);
    return admitted
        .groupByKey(Grouped.keySerde(TEXT))
        .windowedBy(TimeWindows.ofSizeAndGrace(windows.size(), windows.grace()))
        .aggregate(
            () -> Tally.NONE,
            (zone, event, tally) -> tally.with(event),
            Named.as("tally"),
            Materialized.<String, Tally>as(store)
                .withKeySerde(TEXT)
                .withValueSerde(Tally.serde())
                // Changes of one transaction are told as one.
                .withCachingEnabled()
                .withLoggingEnabled(Changelogs.OF_WINDOWS));
  }

  private void answer(KStream<Windowed<String>, Tally> tallies, GlobalKTable<String, byte[]> zones, String topic) {
    var schemaId = registry.idOf(topic, Schemas.ZONE_HOUR);
    tallies
        // A mark has a window of its own, in which nothing is counted.
        .filter((window, tally) -> tally.pickups() > 0)
        .leftJoin(zones, (window, tally) -> window.key(), new ZoneNames(registry))
        .process(() -> new Answers(schemaId))
        .to(topic, Produced.with(TEXT, BYTES));
  }
}
