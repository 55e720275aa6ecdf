package streams;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("trouble")
class TroubleTest {
  private final Trouble trouble = new Trouble();

  @Test
  @DisplayName("that passes restarts a thread: a broker or a registry that doesn't answer")
  void passes() {
    assertEquals(REPLACE_THREAD, trouble.handle(new StreamsException("no answer", new TimeoutException("120000 ms"))));
    assertEquals(REPLACE_THREAD, trouble.handle(new StreamsException("no schema", new SchemaRegistry.RegistryTrouble("refused", null))));
  }

  @Test
  @DisplayName("that stays stops the application, with its cause in one line")
  void stays() {
    assertEquals(SHUTDOWN_CLIENT, trouble.handle(new StreamsException("failed", new TopicAuthorizationException("Not authorized to access topics: [x]"))));
    assertTrue(trouble.last().endsWith("Not authorized to access topics: [x]"), trouble.last());
    assertEquals(SHUTDOWN_CLIENT, trouble.handle(new NullPointerException("a mistake of ours")));
  }
}
