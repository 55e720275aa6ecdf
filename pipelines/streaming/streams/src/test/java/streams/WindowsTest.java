package streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("windows")
class WindowsTest {
  private static final long HOUR = 3_600_000;

  @Test
  @DisplayName("are those of the contract")
  void contract() {
    assertEquals(Application.WINDOWS, Windows.ofContract());
  }

  @Test
  @DisplayName("close when event time has come past their end and grace")
  void close() {
    assertEquals(17 * HOUR, Application.WINDOWS.startOf(18 * HOUR - 1));
    assertFalse(Application.WINDOWS.isClosed(17 * HOUR, 20 * HOUR - 1));
    assertTrue(Application.WINDOWS.isClosed(18 * HOUR - 1, 20 * HOUR));
  }
}
