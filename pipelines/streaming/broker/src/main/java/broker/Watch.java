package broker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Tells Cloud Monitoring every minute how full a broker's disk is and, from the first broker, how far consumer groups lag behind. */
public final class Watch {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MINUTE = 60_000;

  private Watch() {}

  /** Arguments: properties of a client that may do everything, the folder of Kafka's log, the broker's number, the project. */
  public static void main(String[] args) throws Exception {
    var folder = Path.of(args[1]).toFile();
    var node = args[2];
    var monitoring = new CloudMonitoring(args[3]);
    try (var admin = Admin.create(Apply.properties(Path.of(args[0])))) {
      while (true) {
        try {
          var series = JSON.createArrayNode();
          add(series, "trips/kafka_disk_used_share", Map.of("broker", node), "doubleValue", used(folder));
          if (node.equals("1")) lags(admin).forEach((group, lag) -> add(series, "trips/kafka_consumer_lag", Map.of("group", group), "int64Value", lag));
          monitoring.write(series);
        } catch (ExecutionException | IOException error) {
          System.err.println("Not measured: " + error.getMessage());
        }
        Thread.sleep(MINUTE);
      }
    }
  }

  private static double used(File folder) {
    return 1 - (double) folder.getUsableSpace() / folder.getTotalSpace();
  }

  /** Records that each group has still to read. */
  static Map<String, Long> lags(Admin admin) throws ExecutionException, InterruptedException {
    var lags = new HashMap<String, Long>();
    for (var group : admin.listGroups(ListGroupsOptions.forConsumerGroups()).all().get()) {
      var read = admin.listConsumerGroupOffsets(group.groupId()).partitionsToOffsetAndMetadata().get();
      read.values().removeIf(offset -> offset == null);
      Map<TopicPartition, OffsetSpec> latest = read.keySet().stream().collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
      var ends = admin.listOffsets(latest).all().get();
      var lag = ends.entrySet().stream().mapToLong(end -> Math.max(0, end.getValue().offset() - read.get(end.getKey()).offset())).sum();
      if (!read.isEmpty()) lags.put(group.groupId(), lag);
    }
    return lags;
  }

  private static void add(ArrayNode all, String metric, Map<String, String> labels, String kind, Number value) {
    ObjectNode series = all.addObject();
    var described = series.putObject("metric").put("type", "custom.googleapis.com/" + metric).putObject("labels");
    labels.forEach(described::put);
    series.putObject("resource").put("type", "global");
    var point = series.putArray("points").addObject();
    point.putObject("interval").put("endTime", Instant.now().toString());
    // Cloud Monitoring's JSON has whole numbers as texts.
    if (kind.equals("int64Value")) point.putObject("value").put(kind, value.toString());
    else point.putObject("value").put(kind, value.doubleValue());
  }
}
