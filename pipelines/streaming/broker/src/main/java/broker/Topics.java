package broker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;

/** Topics as described: made, given more partitions, and configured. */
record Topics(Admin admin, Apply.Changes changes) {

  void apply(JsonNode described) throws ExecutionException, InterruptedException {
    var there = admin.listTopics().names().get();
    for (var topic : described) {
      if (there.contains(Apply.text(topic, "name"))) change(topic);
      else make(topic);
    }
  }

  private void make(JsonNode topic) throws ExecutionException, InterruptedException {
    var name = Apply.text(topic, "name");
    var made = new NewTopic(name, topic.get("partitions").asInt(), (short) topic.get("replication").asInt()).configs(configuration(topic));
    admin.createTopics(List.of(made)).all().get();
    changes.add("topic " + name + ": made");
  }

  private void change(JsonNode topic) throws ExecutionException, InterruptedException {
    var name = Apply.text(topic, "name");
    var is = admin.describeTopics(List.of(name)).allTopicNames().get().get(name);
    checkCopies(topic, is);
    grow(topic, is);
    configure(topic, name);
  }

  private void checkCopies(JsonNode topic, TopicDescription is) {
    var wanted = topic.get("replication").asInt();
    var copies = is.partitions().get(0).replicas().size();
    if (copies == wanted) return;
    throw new IllegalStateException(
        "Topic %s has %d copies, not %d: Kafka moves copies only by kafka-reassign-partitions.".formatted(is.name(), copies, wanted));
  }

  private void grow(JsonNode topic, TopicDescription is) throws ExecutionException, InterruptedException {
    var wanted = topic.get("partitions").asInt();
    var partitions = is.partitions().size();
    if (partitions > wanted) {
      throw new IllegalStateException(
          "Topic %s has %d partitions, and Kafka takes none away: write %d, or make another topic.".formatted(is.name(), partitions, partitions));
    }
    if (partitions == wanted) return;
    admin.createPartitions(Map.of(is.name(), NewPartitions.increaseTo(wanted))).all().get();
    changes.add("topic %s: %d partitions instead of %d".formatted(is.name(), wanted, partitions));
  }

  private void configure(JsonNode topic, String name) throws ExecutionException, InterruptedException {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
    var wanted = configuration(topic);
    var own = own(admin.describeConfigs(List.of(resource)).all().get().get(resource));
    var operations = new ArrayList<AlterConfigOp>();
    wanted.forEach(
        (key, value) -> {
          if (!value.equals(own.get(key))) operations.add(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET));
        });
    own.keySet().stream()
        .filter(key -> !wanted.containsKey(key))
        .forEach(key -> operations.add(new AlterConfigOp(new ConfigEntry(key, null), AlterConfigOp.OpType.DELETE)));
    if (operations.isEmpty()) return;
    admin.incrementalAlterConfigs(Map.of(resource, operations)).all().get();
    for (var operation : operations) changes.add("topic " + name + ": " + operation.opType() + " " + operation.configEntry().name());
  }

  /** What was set for this topic alone. */
  private static Map<String, String> own(Config config) {
    var own = new HashMap<String, String>();
    for (var entry : config.entries()) {
      if (entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG) own.put(entry.name(), entry.value());
    }
    return own;
  }

  private static Map<String, String> configuration(JsonNode topic) {
    var configuration = new HashMap<String, String>();
    topic.get("configuration").properties().forEach(field -> configuration.put(field.getKey(), field.getValue().asText()));
    return configuration;
  }
}
