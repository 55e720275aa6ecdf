package streams;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** What the application is told from outside, and what it decides itself. */
record Settings(Properties streams, String registryUrl, Path stateFolder) {
  /** @throws IllegalArgumentException when something is missing, with what */
  static Settings of(String[] args, Map<String, String> environment) throws IOException {
    if (args.length < 1) throw new IllegalArgumentException("Which cluster? Give a file of properties with bootstrap.servers.");
    var properties = defaults();
    try (var file = Files.newBufferedReader(Path.of(args[0]))) {
      properties.load(file);
    }
    if (properties.getProperty("bootstrap.servers") == null) throw new IllegalArgumentException(args[0] + " lacks bootstrap.servers.");
    var state = Path.of(wanted(environment, "STATE_DIRECTORY"));
    properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, RidesPerZone.APPLICATION);
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    return new Settings(properties, wanted(environment, "SCHEMA_REGISTRY_URL"), state);
  }

  private static Properties defaults() {
    var settings = new Properties();
    // What is read and written in 100 ms is one transaction: so long an update waits until others may see it.
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
    // Copies of the application's own topics: as many as the brokers have by default.
    settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 32 << 20);
    // A ride's time may lie ahead of the brokers' clock: New York's wall clock is taken for UTC's, and clocks differ.
    settings.put(StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG), String.valueOf(Long.MAX_VALUE));
    // A name that stays over a crash: the group needn't wait until the one that was killed is missed. Of two under one name the elder stops.
    settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), RidesPerZone.APPLICATION + "-1");
    settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 15_000);
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 20);
    return settings;
  }

  private static String wanted(Map<String, String> environment, String name) {
    var value = environment.get(name);
    if (value == null || value.isEmpty()) throw new IllegalArgumentException("The environment lacks " + name + ".");
    return value;
  }
}
