package streams;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * Windows of event time: how long they are, and for how long after their end they take late rides.
 *
 * @param size begins at midnight, and again every size
 * @param grace by event times, not by the clock on the wall
 */
record Windows(Duration size, Duration grace) {
  /** As contracts/windows.ts has them. */
  static Windows ofContract() {
    try (var file = Windows.class.getResourceAsStream("/windows.json")) {
      var json = new ObjectMapper().readTree(file);
      return new Windows(Duration.ofMinutes(json.get("windowMinutes").asLong()), Duration.ofMinutes(json.get("graceMinutes").asLong()));
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /** Beginning of the window that a time lies in; both in milliseconds, as Kafka has them. */
  long startOf(long time) {
    return Math.floorDiv(time, size.toMillis()) * size.toMillis();
  }

  /** Whether the window of a time takes nothing more, when event time has come so far. */
  boolean isClosed(long time, long streamTime) {
    return startOf(time) + size.toMillis() + grace.toMillis() <= streamTime;
  }

  /** For how long what belongs to a window is needed after its beginning. */
  Duration retention() {
    return size.plus(grace);
  }
}
