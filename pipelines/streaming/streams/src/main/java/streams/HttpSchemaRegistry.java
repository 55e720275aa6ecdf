package streams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * A schema registry with Confluent's interface, Apicurio's for one. A client of our own, since it asks two questions: Apicurio's serdes need nine jars
 * more on every broker, and give generic records where we want our own.
 */
final class HttpSchemaRegistry implements SchemaRegistry {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TYPE = "application/vnd.schemaregistry.v1+json";
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final String url;
  private final Duration patience;

  /** Asks again for as long as `patience` says before it gives up. */
  HttpSchemaRegistry(String url, Duration patience) {
    this.url = url;
    this.patience = patience;
  }

  @Override
  public Optional<Schema> schemaOf(int id) {
    var answer = ask(request("/schemas/ids/" + id).GET().build());
    if (answer.statusCode() == 404) return Optional.empty();
    return Optional.of(new Schema.Parser().parse(field(answer, "schema").asText()));
  }

  @Override
  public int idOf(String topic, Schema schema) {
    var body = JSON.createObjectNode().put("schema", schema.toString()).toString();
    return field(ask(request("/subjects/" + topic + "-value/versions").POST(BodyPublishers.ofString(body)).build()), "id").asInt();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(10)).header("Content-Type", TYPE).header("Accept", TYPE);
  }

  private HttpResponse<String> ask(HttpRequest request) {
    var deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        var answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() < 500) return answer;
        if (System.nanoTime() > deadline) throw new RegistryTrouble("The schema registry " + url + " answers " + answer.statusCode() + ".", null);
      } catch (IOException error) {
        if (System.nanoTime() > deadline) throw new RegistryTrouble("The schema registry " + url + " doesn't answer: " + error, error);
      } catch (InterruptedException error) {
        Thread.currentThread().interrupt();
        throw new RegistryTrouble("Interrupted while the schema registry was asked.", error);
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
    }
  }

  private static JsonNode field(HttpResponse<String> answer, String name) {
    try {
      var value = answer.statusCode() == 200 ? JSON.readTree(answer.body()).get(name) : null;
      if (value != null) return value;
    } catch (IOException error) {
      // Told below, with what came.
    }
    throw new IllegalStateException("The schema registry refuses " + answer.uri() + " (" + answer.statusCode() + "): " + answer.body());
  }
}
