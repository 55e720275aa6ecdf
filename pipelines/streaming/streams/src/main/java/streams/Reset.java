package streams;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.tools.StreamsResetter;

/**
 * Makes the application forget all that it has seen, so that its next start counts every ride there is anew: its group goes back to the oldest ride, its
 * own topics and its state are deleted, the answers that it has given so far are dropped. The application must not run.
 */
public final class Reset {
  private Reset() {}

  /** Arguments: a file of a client's properties, whose user may do everything; `--input` drops the rides as well. Environment: STATE_DIRECTORY. */
  public static void main(String[] args) throws Exception {
    try {
      var file = Path.of(args[0]);
      var properties = new Properties();
      try (var reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      }
      var topics = new ArrayList<>(List.of(RidesPerZone.UPDATES, RidesPerZone.FINALS));
      if (args.length > 1 && args[1].equals("--input")) topics.add(RidesPerZone.RIDES);
      // At first, so that the group's new places aren't among what is dropped.
      drop(properties, topics);
      var failed = new StreamsResetter().execute(resetterArguments(file, properties));
      delete(Main.stateOf(Path.of(System.getenv("STATE_DIRECTORY"))));
      System.exit(failed);
    } catch (ExecutionException error) {
      System.err.println("The cluster refused it: " + error.getCause().getMessage());
      System.exit(1);
    }
  }

  /** Forced: a program that was killed counts as a member for some time yet. */
  private static String[] resetterArguments(Path file, Properties properties) {
    var cluster = List.of("--bootstrap-server", properties.getProperty("bootstrap.servers"), "--config-file", file.toString());
    var application = List.of("--application-id", RidesPerZone.APPLICATION, "--input-topics", RidesPerZone.RIDES, "--force");
    var all = new ArrayList<>(cluster);
    all.addAll(application);
    return all.toArray(String[]::new);
  }

  private static void drop(Properties properties, List<String> topics) throws ExecutionException, InterruptedException {
    try (var admin = Admin.create(properties)) {
      var described = admin.describeTopics(topics).allTopicNames().get().values();
      var all = RecordsToDelete.beforeOffset(-1);
      var partitions =
          described.stream()
              .flatMap(topic -> topic.partitions().stream().map(partition -> new TopicPartition(topic.name(), partition.partition())))
              .collect(Collectors.toMap(partition -> partition, partition -> all));
      admin.deleteRecords(partitions).all().get();
      System.out.println("Dropped what was in " + String.join(", ", topics));
    }
  }

  private static void delete(Path folder) throws java.io.IOException {
    if (!Files.exists(folder)) return;
    try (var paths = Files.walk(folder)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
    }
  }
}
