package broker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Makes a cluster's topics, users and rights those that a file describes, and says what it changed. Nothing that holds data is deleted: a topic that
 * the file no longer names stays, and partitions only grow. Users and rights that it no longer names go.
 */
public final class Apply {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private Apply() {}

  /** Arguments: properties of a client that may do everything, the description, the folder of users (see {@link Users}), the number of brokers. */
  public static void main(String[] args) throws Exception {
    var description = new ObjectMapper().readTree(Path.of(args[1]).toFile());
    try (var admin = Admin.create(properties(Path.of(args[0])))) {
      awaitBrokers(admin, Integer.parseInt(args[3]));
      var changes = new Changes();
      new Topics(admin, changes).apply(description.get("topics"));
      new Users(admin, changes, Path.of(args[2])).apply(description.get("users"));
      new Rights(admin, changes).apply(description.get("users"));
      System.out.println(changes.count() + " changes");
    } catch (ExecutionException error) {
      System.err.println("The cluster refused it: " + error.getCause().getMessage());
      System.exit(1);
    } catch (IllegalStateException error) {
      System.err.println(error.getMessage());
      System.exit(1);
    }
  }

  /** Properties of a client, as they stand in a file. */
  static Properties properties(Path file) throws IOException {
    var properties = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return properties;
  }

  /** A topic can't have more copies than there are brokers, so all must be there. */
  private static void awaitBrokers(Admin admin, int brokers) throws Exception {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        if (admin.describeCluster().nodes().get().size() >= brokers) return;
      } catch (ExecutionException error) {
        if (!(error.getCause() instanceof RetriableException)) throw error;
      }
      Thread.sleep(250);
    }
    throw new IllegalStateException("Not all of the " + brokers + " brokers have come up within " + PATIENCE.toMinutes() + " minutes.");
  }

  /** What was changed, told as it is done. */
  static final class Changes {
    private int count;

    void add(String what) {
      count++;
      System.out.println(what);
    }

    int count() {
      return count;
    }
  }

  /** A text of the description. */
  static String text(JsonNode node, String field) {
    return node.get(field).asText();
  }
}
