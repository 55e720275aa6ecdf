package streams;

import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.KafkaStreams;

/** How many rides were counted, came again, came too late or couldn't be read, since the program's start. */
final class Counts {
  private Counts() {}

  static Map<String, Long> of(KafkaStreams streams) {
    var counts = new TreeMap<String, Long>();
    for (var metric : streams.metrics().values()) {
      var name = metric.metricName();
      if (name.group().equals("stream-" + Admission.METRICS + "-metrics") && name.name().endsWith("-total"))
        counts.merge(name.name().replace("-total", ""), ((Number) metric.metricValue()).longValue(), Long::sum);
    }
    return counts;
  }
}
