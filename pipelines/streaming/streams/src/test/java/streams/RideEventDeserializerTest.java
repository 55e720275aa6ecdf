package streams;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import streams.RideEvent.Ride;

@DisplayName("reading rides")
class RideEventDeserializerTest {
  private static final int THREADS = 4;
  private static final int RIDES = 20_000;

  @Test
  @DisplayName("all threads of the application share one, and each reads what it was given")
  void threads() throws Exception {
    var registry = new SchemasInMemory();
    var schema = registry.idOf(RidesPerZone.RIDES, Schemas.RIDE_EVENT);
    var together = new CyclicBarrier(THREADS);
    var threads = Executors.newFixedThreadPool(THREADS);
    try (var deserializer = new RideEventDeserializer(registry)) {
      var reading =
          IntStream.range(0, THREADS)
              .mapToObj(
                  zone ->
                      (Callable<Integer>)
                          () -> {
                            var bytes = AvroBytes.of(schema, Schemas.RIDE_EVENT, AvroBytes.rideEvent("ride-" + zone, "ride", zone, "2019-03-01T17:05:00", "1.00"));
                            together.await();
                            var right = 0;
                            for (var ride = 0; ride < RIDES; ride++) if (isOf(zone, deserializer.deserialize("any", bytes))) right++;
                            return right;
                          })
              .toList();
      for (var read : threads.invokeAll(reading)) assertEquals(RIDES, read.get());
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean isOf(long zone, RideEvent event) {
    return event instanceof Ride ride && ride.zone() == zone && ride.id().equals("ride-" + zone);
  }
}
