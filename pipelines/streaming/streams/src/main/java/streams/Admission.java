package streams;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import streams.RideEvent.Mark;
import streams.RideEvent.Ride;

/**
 * Lets each ride pass once, and none whose window is closed.
 *
 * <p>Kafka's own windows refuse late records, too, but they forget how far event time had come when the program is killed: what is sent again just then
 * would open windows anew that are long final. Here event time is kept in a store, beside the ids of rides in windows that are still open.
 */
final class Admission implements FixedKeyProcessorSupplier<String, RideEvent, RideEvent> {
  static final String SEEN = "seen";
  static final String STREAM_TIME = "stream-time";

  /** Metrics count in this group, by task. */
  static final String METRICS = "rides";

  private final Windows windows;

  Admission(Windows windows) {
    this.windows = windows;
  }

  @Override
  public Set<StoreBuilder<?>> stores() {
    // An event always has the same time, so its id lies at the beginning of its window, where it is found by one look.
    var seen =
        Stores.windowStoreBuilder(Stores.inMemoryWindowStore(SEEN, windows.retention(), windows.size(), false), Serdes.String(), Serdes.ByteArray())
            .withLoggingEnabled(Changelogs.OF_IDS);
    // The one store on disk: with one, Kafka keeps the program's id there, and a program that was killed finds its unfinished transactions at once.
    // The cache writes the newest value only, and that with each transaction.
    var time = Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STREAM_TIME), Serdes.String(), Serdes.Long()).withCachingEnabled().withLoggingEnabled(Map.of());
    return Set.of(seen, time);
  }

  @Override
  public FixedKeyProcessor<String, RideEvent, RideEvent> get() {
    return new Gate();
  }

  private final class Gate implements FixedKeyProcessor<String, RideEvent, RideEvent> {
    private static final byte[] YES = {1};
    private FixedKeyProcessorContext<String, RideEvent> context;
    private WindowStore<String, byte[]> seen;
    private KeyValueStore<String, Long> time;
    private long streamTime;
    private Sensor counted;
    private Sensor repeated;
    private Sensor late;

    @Override
    public void init(FixedKeyProcessorContext<String, RideEvent> context) {
      this.context = context;
      seen = context.getStateStore(SEEN);
      time = context.getStateStore(STREAM_TIME);
      var kept = time.get(STREAM_TIME);
      streamTime = kept == null ? 0 : kept;
      counted = sensor("counted");
      repeated = sensor("repeated");
      late = sensor("late");
    }

    @Override
    public void process(FixedKeyRecord<String, RideEvent> record) {
      var event = record.value();
      if (event instanceof Ride ride && !admits(ride)) return;
      if (event.time() > streamTime) {
        streamTime = event.time();
        time.put(STREAM_TIME, streamTime);
      }
      if (event instanceof Ride || event instanceof Mark) context.forward(record);
    }

    private boolean admits(Ride ride) {
      if (windows.isClosed(ride.time(), streamTime)) return count(late, false);
      var window = windows.startOf(ride.time());
      if (seen.fetch(ride.id(), window) != null) return count(repeated, false);
      seen.put(ride.id(), YES, window);
      return count(counted, true);
    }

    private boolean count(Sensor sensor, boolean admitted) {
      sensor.record(1, context.currentSystemTimeMs());
      return admitted;
    }

    private Sensor sensor(String what) {
      return context.metrics().addRateTotalSensor(METRICS, context.taskId().toString(), what, Sensor.RecordingLevel.INFO);
    }
  }
}
