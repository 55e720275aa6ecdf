package streams;

import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/**
 * How topics keep the stores' changes. Kafka's own way for windows is to drop changes by their age, which is their event's: rides of a replayed month
 * would be dropped minutes after they were written, and a program that was killed would begin with nothing. So age counts from when a change was
 * written, or only size counts; either keeps a hundred times what is needed.
 */
final class Changelogs {
  private static final String SEGMENT = String.valueOf(8 << 20);
  private static final String MOST = String.valueOf(32L << 20);
  private static final String WEEK = String.valueOf(7L * 24 * 60 * 60 * 1000);

  /** Ids never change, so there is nothing to compact. */
  static final Map<String, String> OF_IDS =
      Map.of(
          TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
          TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime",
          TopicConfig.RETENTION_MS_CONFIG, WEEK,
          TopicConfig.RETENTION_BYTES_CONFIG, MOST,
          TopicConfig.SEGMENT_BYTES_CONFIG, SEGMENT);

  /** A window's time is restored from its record's, so these have to stay the events'. */
  static final Map<String, String> OF_WINDOWS =
      Map.of(
          TopicConfig.CLEANUP_POLICY_CONFIG, "compact,delete",
          TopicConfig.RETENTION_MS_CONFIG, "-1",
          TopicConfig.RETENTION_BYTES_CONFIG, MOST,
          TopicConfig.SEGMENT_BYTES_CONFIG, SEGMENT);

  private Changelogs() {}
}
