package streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.LoggerFactory;
import streams.RideEvent.Unreadable;

/** Makes dead letters of what can't be read: the bytes as they came, and headers that say where from and why. */
final class DeadLetters extends ContextualProcessor<String, RideEvent, String, byte[]> {
  private Sensor unreadable;

  @Override
  public void init(ProcessorContext<String, byte[]> context) {
    super.init(context);
    unreadable = context.metrics().addRateTotalSensor(Admission.METRICS, context.taskId().toString(), "unreadable", Sensor.RecordingLevel.INFO);
  }

  @Override
  public void process(Record<String, RideEvent> record) {
    if (!(record.value() instanceof Unreadable letter)) return;
    var from = context().recordMetadata().orElseThrow();
    var place = from.topic() + "-" + from.partition() + "@" + from.offset();
    LoggerFactory.getLogger(DeadLetters.class).warn("{} goes to the dead letters: {}", place, letter.reason());
    unreadable.record(1, context().currentSystemTimeMs());
    var headers = new RecordHeaders(record.headers());
    header(headers, "topic", from.topic());
    header(headers, "partition", from.partition());
    header(headers, "offset", from.offset());
    header(headers, "program", RidesPerZone.APPLICATION);
    header(headers, "reason", letter.reason());
    context().forward(new Record<>(record.key(), letter.bytes(), context().currentSystemTimeMs(), headers));
  }

  private static void header(RecordHeaders headers, String name, Object value) {
    headers.add(name, value.toString().getBytes(UTF_8));
  }
}
