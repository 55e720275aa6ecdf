package broker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Writes values to Cloud Monitoring, as the account that the machine runs as. */
final class CloudMonitoring {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient client = HttpClient.newHttpClient();
  private final String project;

  CloudMonitoring(String project) {
    this.project = project;
  }

  /** Time series, each with one point. */
  void write(ArrayNode series) throws IOException, InterruptedException {
    var body = JSON.createObjectNode().set("timeSeries", series).toString();
    var address = place("STREAMING_MONITORING_URL", "https://monitoring.googleapis.com") + "/v3/projects/" + project + "/timeSeries";
    send(
        HttpRequest.newBuilder(URI.create(address))
            .header("Authorization", "Bearer " + token())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private String token() throws IOException, InterruptedException {
    var path = "/computeMetadata/v1/instance/service-accounts/default/token";
    var address = place("STREAMING_METADATA_URL", "http://metadata.google.internal") + path;
    return JSON.readTree(send(HttpRequest.newBuilder(URI.create(address)).header("Metadata-Flavor", "Google"))).get("access_token").asText();
  }

  private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    var response = client.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString());
    if (response.statusCode() / 100 == 2) return response.body();
    throw new IOException("%s answers %d: %s".formatted(response.uri().getHost(), response.statusCode(), response.body()));
  }

  private static String place(String variable, String otherwise) {
    return System.getenv().getOrDefault(variable, otherwise);
  }
}
