package streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("settings")
class SettingsTest {
  private static final Map<String, String> ENVIRONMENT = Map.of("SCHEMA_REGISTRY_URL", "http://registry", "STATE_DIRECTORY", "/state");
  @TempDir Path folder;

  private String[] file(String... lines) throws IOException {
    return new String[] {Files.write(folder.resolve("client.properties"), java.util.List.of(lines)).toString()};
  }

  private static void refused(String what, String[] args, Map<String, String> environment) {
    var error = assertThrows(IllegalArgumentException.class, () -> Settings.of(args, environment));
    assertTrue(error.getMessage().contains(what), error.getMessage());
  }

  @Test
  @DisplayName("what is missing is named")
  void missing() throws IOException {
    var good = file("bootstrap.servers=broker:9092");
    refused("a file of properties", new String[0], ENVIRONMENT);
    refused("SCHEMA_REGISTRY_URL", good, Map.of("STATE_DIRECTORY", "/state"));
    refused("STATE_DIRECTORY", good, Map.of("SCHEMA_REGISTRY_URL", "http://registry"));
    refused("lacks bootstrap.servers", file("security.protocol=SASL_SSL"), ENVIRONMENT);
  }

  @Test
  @DisplayName("a file may say how to log in, and how quickly; not who the application is, nor that it counts twice")
  void file() throws IOException {
    var given = file("bootstrap.servers=broker:9092", "security.protocol=SASL_SSL", "commit.interval.ms=500", "application.id=x", "processing.guarantee=at_least_once");
    var settings = new StreamsConfig(Settings.of(given, ENVIRONMENT).streams());

    assertEquals("SASL_SSL", settings.getString("security.protocol"));
    assertEquals(500L, settings.getLong("commit.interval.ms"));
    assertEquals("trips-streams", settings.getString("application.id"));
    assertEquals("exactly_once_v2", settings.getString("processing.guarantee"));
    assertEquals("/state", settings.getString("state.dir"));
  }
}
